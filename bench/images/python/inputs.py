#!/usr/bin/python3
"""Large images for the measurements of the codec, made of real photos; seeded, made once.

    python3 inputs.py FOLDER PHOTOS NAME...

Photos are laid side by side at their own resolution (no enlarging, which would leave less to decode) until the canvas
is full. What must stay under the upload's 40 MiB although it has 100 megapixels (PNG, GIF, BMP) is drawn instead.
"""
import os
import struct
import sys

import numpy as np
from PIL import Image

Image.MAX_IMAGE_PIXELS = None
PHOTOS = ["test.jpg", "IMG_20180725_163423.jpg", "issue-metadata-extractor-152.jpg", "canon-dslr.jpg"]
photo_folder = ""


def photo(width, height):
    canvas = Image.new("RGB", (width, height))
    y, i = 0, 0
    while y < height:
        x, row = 0, 0
        while x < width:
            tile = Image.open(os.path.join(photo_folder, PHOTOS[i % len(PHOTOS)])).convert("RGB")
            canvas.paste(tile, (x, y))
            x += tile.width
            row = min(row, tile.height) if row else tile.height
            i += 1
        y += row
    return canvas


def small_photo(width, height):
    return Image.open(os.path.join(photo_folder, PHOTOS[0])).convert("RGB").resize((width, height), Image.LANCZOS)


def drawing(width, height, channels):
    """Flat areas and gradients that compress well, in every channel."""
    x, y = np.arange(width, dtype=np.uint32), np.arange(height, dtype=np.uint32)[:, None]
    planes = np.empty((height, width, channels), np.uint8)
    for c in range(channels):
        planes[:, :, c] = ((x // (61 + 7 * c)) + (y // (53 + 11 * c))) * (3 + c) & 255
    return planes[:, :, 0] if channels == 1 else planes


def noise(width, height, seed=1):
    return np.random.RandomState(seed).randint(0, 256, (height, width, 3)).astype(np.uint8)


def jpeg(make, width, height, quality=95, **options):
    return lambda path: make(width, height).save(path, "JPEG", quality=quality, **options)


def rotated(path):
    exif = Image.Exif()
    exif[0x0112] = 6
    photo(6000, 4000).save(path, "JPEG", quality=95, exif=exif)


def alpha_photo(width, height):
    image = small_photo(width, height)
    image.putalpha(Image.radial_gradient("L").resize((width, height)))
    return image


def png(mode, width, height):
    channels = {"L": 1, "P": 1, "RGB": 3, "RGBA": 4}[mode]

    def save(path):
        image = Image.fromarray(drawing(width, height, channels), "L" if mode == "P" else mode)
        if mode == "P":
            image.putpalette([(i * k) & 255 for i in range(256) for k in (1, 3, 7)])
        image.save(path, "PNG", compress_level=1)

    return save


def vips_png(width, height, options):
    """16 bit and interlaced ones, which Pillow does not write."""

    def save(path):
        plain = path + ".ppm"
        Image.fromarray(drawing(width, height, 3), "RGB").save(plain)
        source = plain
        if "16" in options:
            source = path + ".v"
            run("vips", "colourspace", plain, source, "rgb16")
        run("vips", "pngsave", source, path, "--compression", "1", *[o for o in options if o.startswith("--")])
        for left in {plain, source}:
            os.unlink(left)

    return save


def run(*command):
    import subprocess

    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def gif(width, height, interlace):
    def save(path):
        image = Image.fromarray(drawing(width, height, 1), "P")
        image.putpalette([(i * k) & 255 for i in range(256) for k in (1, 3, 7)])
        image.save(path, "GIF", interlace=interlace)

    return save


def bmp_runs(width, height):
    """8 bit, run-length encoded: a format whose small file may claim any size."""

    def save(path):
        palette = b"".join(struct.pack("<BBBB", i, i * 3 & 255, i * 7 & 255, 0) for i in range(256))
        rows = []
        for y in range(height):
            left, row = width, bytearray()
            while left:
                run_length = min(255, left)
                row += bytes((run_length, (y + left) & 255))
                left -= run_length
            rows.append(bytes(row) + b"\0\0")
        body = b"".join(rows) + b"\0\1"
        offset = 14 + 40 + len(palette)
        head = struct.pack("<2sIHHI", b"BM", offset + len(body), 0, 0, offset)
        info = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 8, 1, len(body), 2835, 2835, 256, 0)
        with open(path, "wb") as file:
            file.write(head + info + palette + body)

    return save


def webp(make, width, height, **options):
    return lambda path: make(width, height).save(path, "WEBP", method=0, **options)


INPUTS = {
    "1mp.jpg": jpeg(small_photo, 1152, 864),
    "4mp.jpg": jpeg(small_photo, 2304, 1728),
    "12mp.jpg": jpeg(photo, 4032, 3024),
    "24mp.jpg": jpeg(photo, 6000, 4000),
    "48mp.jpg": jpeg(photo, 8000, 6000),
    "100mp.jpg": jpeg(photo, 11648, 8736, 92),
    "12mp-progressive.jpg": jpeg(photo, 4032, 3024, progressive=True),
    "24mp-progressive.jpg": jpeg(photo, 6000, 4000, progressive=True),
    "4mp-alpha.png": lambda path: alpha_photo(2304, 1728).save(path, "PNG"),
    "4mp.webp": lambda path: small_photo(2304, 1728).save(path, "WEBP", quality=90),
    "wide.jpg": jpeg(photo, 65500, 1600, 92),
    "tall.jpg": jpeg(photo, 1600, 65500, 92),
    "24mp-rotated.jpg": rotated,
    "24mp-444.jpg": jpeg(photo, 6000, 4000, subsampling=0),
    "24mp-cmyk.jpg": lambda path: photo(6000, 4000).convert("CMYK").save(path, "JPEG", quality=90),
    "100mp-grey.jpg": lambda path: photo(11648, 8736).convert("L").save(path, "JPEG", quality=92),
    "12mp-progressive-444.jpg": jpeg(photo, 4032, 3008, progressive=True, subsampling=0),
    "100mp-rgb.png": png("RGB", 11648, 8736),
    "100mp-rgba.png": png("RGBA", 11648, 8736),
    "100mp-palette.png": png("P", 11648, 8736),
    "wide.png": png("RGBA", 65500, 1600),
    "tall.png": png("RGBA", 1600, 65500),
    "100mp-16bit.png": vips_png(11648, 8736, ["16"]),
    "16mp-interlaced.png": vips_png(4096, 4096, ["--interlace"]),
    "16mp-lossy.webp": webp(photo, 4096, 4096, quality=80),
    "12mp-lossless.webp": webp(photo, 4032, 3024, lossless=True, quality=0),
    "12mp-alpha.webp": lambda path: alpha_photo(4032, 3024).save(path, "WEBP", method=0, quality=80),
    "16mp-lossless.webp": webp(photo, 4096, 4096, lossless=True, quality=0),
    "16mp-alpha.webp": lambda path: alpha_photo(4096, 4096).save(path, "WEBP", method=0, quality=80),
    "100mp.gif": gif(11648, 8736, 0),
    "16mp-interlaced.gif": gif(4096, 4096, 1),
    "13mp.bmp": lambda path: photo(4160, 3200).save(path, "BMP"),
    "100mp-1bit.bmp": lambda path: Image.fromarray(drawing(11648, 8736, 1), "L").convert("1").save(path, "BMP"),
    "100mp-runs.bmp": bmp_runs(11648, 8736),
    "16mp-runs.bmp": bmp_runs(4096, 4096),
    "40mb.png": lambda path: Image.fromarray(noise(3700, 3700), "RGB").save(path, "PNG", compress_level=1),
}


def main():
    global photo_folder
    folder, photo_folder, *names = sys.argv[1:]
    os.makedirs(folder, exist_ok=True)
    for name in names:
        path = os.path.join(folder, name)
        if os.path.exists(path):
            continue
        # A file under its own name is whole.
        partial = os.path.join(folder, f"partial-{name}")
        INPUTS[name](partial)
        os.rename(partial, path)
        print(f"made {name}: {os.path.getsize(path) / 2**20:.1f} MB", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
