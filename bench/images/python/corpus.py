#!/usr/bin/python3
"""Small valid files of every kind that is read, for mutations: the same bytes on every run of one Pillow.

    python3 corpus.py FOLDER
"""
import os
import struct
import sys
import zlib

import numpy as np
from PIL import Image, ImageCms

SIDES = (61, 47)


def picture(mode="RGB", size=SIDES, seed=5):
    random = np.random.RandomState(seed)
    width, height = size
    small = random.randint(0, 256, (max(2, height // 6), max(2, width // 6), 4)).astype(np.uint8)
    return Image.fromarray(small, "RGBA").resize(size, Image.BICUBIC).convert(mode)


def jpegs():
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "a camera"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for name, options in {
        "baseline": {},
        "444": {"subsampling": 0},
        "422": {"subsampling": 1},
        "progressive": {"progressive": True},
        "progressive-444": {"progressive": True, "subsampling": 0},
        "exif": {"exif": exif},
        "icc": {"icc_profile": profile},
        "comment": {"comment": b"a comment"},
        "optimised": {"optimize": True, "quality": 30},
    }.items():
        yield f"{name}.jpg", picture(), {"quality": 80, **options}
    yield "grey.jpg", picture("L"), {}
    yield "grey-progressive.jpg", picture("L"), {"progressive": True}
    yield "cmyk.jpg", picture("CMYK"), {}
    yield "cmyk-progressive.jpg", picture("CMYK"), {"progressive": True}
    yield "large.jpg", picture(size=(2600, 300)), {"quality": 30}
    yield "large-progressive.jpg", picture(size=(1500, 1300)), {"quality": 20, "progressive": True}


def pngs():
    for mode in ("1", "L", "LA", "RGB", "RGBA"):
        yield f"{mode.lower()}.png", picture(mode), {}
    palette = picture().quantize(17)
    yield "palette.png", palette, {}
    yield "palette-alpha.png", palette, {"transparency": bytes(range(0, 255, 15))}
    yield "transparent.png", picture("RGB"), {"transparency": (10, 20, 30)}
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    yield "icc.png", picture(), {"icc_profile": profile}
    yield "grey16.png", Image.fromarray(np.arange(61 * 47, dtype=np.uint16).reshape(47, 61) * 20), {}
    yield "large.png", picture(size=(1700, 400)).quantize(5), {}


def webps():
    for name, options in {"lossy": {"quality": 60}, "lossless": {"lossless": True}}.items():
        yield f"{name}.webp", picture(), options
        yield f"{name}-alpha.webp", picture("RGBA"), options
    exif = Image.Exif()
    exif[0x0112] = 8
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    yield "extended.webp", picture(), {"exif": exif, "icc_profile": profile}
    frames = [picture("RGBA", seed=seed) for seed in (6, 7)]
    yield "animated.webp", picture("RGBA"), {"save_all": True, "append_images": frames}
    yield "animated-lossless.webp", picture("RGBA"), {"save_all": True, "append_images": frames, "lossless": True}
    yield "large.webp", picture(size=(1700, 400)), {"quality": 10}


def gifs():
    palette = picture().quantize(33)
    yield "still.gif", palette, {"interlace": 0}
    yield "interlaced.gif", palette, {"interlace": 1}
    yield "transparent.gif", palette, {"transparency": 3}
    frames = [picture(seed=seed).quantize(33) for seed in (6, 7)]
    yield "animated.gif", palette, {"save_all": True, "append_images": frames, "disposal": 2}
    yield "two-colours.gif", picture("1"), {}
    yield "large.gif", picture(size=(1700, 300)).quantize(9), {}


def bmps():
    for mode in ("1", "L", "RGB", "RGBA"):
        yield f"{mode.lower()}.bmp", picture(mode), {}
    yield "palette.bmp", picture().quantize(200), {}


def bmp(bits, compression, body, palette=256, masks=b"", size=SIDES, height_sign=1):
    width, height = size
    colours = b"".join(struct.pack("<BBBB", i * 7 & 255, i * 5 & 255, i, 0) for i in range(palette))
    offset = 14 + 40 + len(masks) + len(colours)
    info = struct.pack("<IiiHHIIiiII", 40, width, height * height_sign, 1, bits, compression, len(body), 0, 0, palette, 0)
    return struct.pack("<2sIHHI", b"BM", offset + len(body), 0, 0, offset) + info + masks + colours + body


def hand_made():
    width, height = SIDES
    runs = b"".join(bytes((20, y & 255, 21, 7, 0, 4, 1, 2, 3, 4, 16, 9)) + b"\0\0" for y in range(height)) + b"\0\1"
    yield "runs8.bmp", bmp(8, 1, runs)
    nibbles = b"".join(bytes((30, y & 255, 0, 3, 0x12, 0x30, 28, 0x45)) + b"\0\0" for y in range(height)) + b"\0\1"
    yield "runs4.bmp", bmp(4, 2, nibbles, palette=16)
    row = (width * 2 + 3) // 4 * 4
    body = bytes(i * 31 & 255 for i in range(row * height))
    yield "masks16.bmp", bmp(16, 3, body, palette=0, masks=struct.pack("<III", 0xF800, 0x07E0, 0x1F))
    yield "plain16.bmp", bmp(16, 0, body, palette=0)
    yield "top-down.bmp", bmp(16, 0, body, palette=0, height_sign=-1)
    yield "masks32.bmp", bmp(32, 3, bytes(i * 13 & 255 for i in range(width * 4 * height)), palette=0,
                             masks=struct.pack("<III", 0xFF0000, 0xFF00, 0xFF))
    yield "interlaced.png", interlaced()


def interlaced():
    """RGBA, Adam7, with gAMA, cHRM and a filter of each kind."""
    width, height = SIDES
    passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
    raw = b""
    for x, y, dx, dy in passes:
        columns, rows = -(-(width - x) // dx), -(-(height - y) // dy)
        for r in range(rows):
            raw += bytes((r % 5,)) + bytes((i * 17 + r * 3) & 255 for i in range(columns * 4))

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 1)
    chroma = struct.pack(">8I", 31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"gAMA", struct.pack(">I", 50000)) + chunk(b"cHRM", chroma)
            + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b""))


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    for make in (jpegs, pngs, webps, gifs, bmps):
        for name, image, options in make():
            image.save(os.path.join(folder, name), **options)
    for name, data in hand_made():
        with open(os.path.join(folder, name), "wb") as file:
            file.write(data)


if __name__ == "__main__":
    main()
