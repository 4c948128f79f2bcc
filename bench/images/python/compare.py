#!/usr/bin/python3
"""How far our large pictures are from libvips' of the same files.

    python3 compare.py FOLDER < lines      reads {"name", "path", "picture"}, answers {"name", ...}

libvips: `vipsthumbnail --size 1200x1200>`, with `--export-profile srgb --intent perceptual` where the file has a profile or is CMYK (without
a profile libvips' own sRGB profile would change sRGB pixels), and no lossy step. It does not look at PNG's gAMA
and cHRM; where those hold (no iCCP, no sRGB), its pixels are converted here by the definition in the PNG specification.
`mean` is the mean absolute difference of 8-bit RGB values, on white; `floor` the same between libvips' picture and its
own JPEG at quality 85 in 4:2:0, which is what the format costs any encoder.
"""
import io
import json
import os
import struct
import subprocess
import sys
from multiprocessing import Pool

import numpy as np
from PIL import Image

Image.MAX_IMAGE_PIXELS = None
XYZ_OF_SRGB = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]])
BRADFORD = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])
D65 = np.array([0.95047, 1.0, 1.08883])


def png_colour(path):
    """(gamma, chromaticities) of a PNG that has no better word on its colours."""
    with open(path, "rb") as file:
        data = file.read()
    gamma, chroma, at = None, None, 8
    if data[:8] != b"\x89PNG\r\n\x1a\n":
        return None, None
    while at + 8 <= len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + length]
        if kind in (b"iCCP", b"sRGB"):
            return None, None
        if kind == b"gAMA":
            gamma = struct.unpack(">I", body)[0] / 100000
        if kind == b"cHRM":
            chroma = np.array(struct.unpack(">8I", body)) / 100000
        if kind == b"IDAT":
            break
        at += 12 + length
    return (gamma, chroma) if gamma else (None, None)


def matrix_of(chroma):
    white, *primaries = [np.array([x / y, 1, (1 - x - y) / y]) for x, y in chroma.reshape(4, 2)]
    columns = np.array(primaries).T
    to_xyz = columns * np.linalg.solve(columns, white)
    adapt = np.linalg.inv(BRADFORD) @ np.diag((BRADFORD @ D65) / (BRADFORD @ white)) @ BRADFORD
    return np.linalg.inv(XYZ_OF_SRGB) @ adapt @ to_xyz


def corrected(rgb, gamma, chroma):
    if gamma is None:
        return rgb
    linear = (rgb / 255) ** (1 / gamma)
    if chroma is not None and np.all(chroma > 0):
        linear = np.clip(linear @ matrix_of(chroma).T, 0, 1)
    return 255 * np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)


def planes(image):
    """RGB as floats and alpha from 0 to 1."""
    if image.mode.startswith("I"):
        image = Image.fromarray((np.asarray(image).astype(np.uint32) >> 8).astype(np.uint8))
    rgba = np.asarray(image.convert("RGBA")).astype(np.float64)
    return rgba[:, :, :3], rgba[:, :, 3:] / 255


def on_white(rgb, alpha):
    return rgb * alpha + 255 * (1 - alpha)


def as_jpeg(rgb):
    file = io.BytesIO()
    Image.fromarray(np.clip(np.round(rgb), 0, 255).astype(np.uint8)).save(file, "JPEG", quality=85, subsampling=2)
    return np.asarray(Image.open(file).convert("RGB")).astype(np.float64)


def psnr(a, b):
    error = np.mean((a - b) ** 2)
    return 99.0 if error == 0 else float(10 * np.log10(255 ** 2 / error))


def header(path, field):
    ran = subprocess.run(["vipsheader", "-f", field, path], capture_output=True, text=True)
    return ran.stdout.strip() if ran.returncode == 0 else ""


def compare(job):
    line, folder = job
    name = line["name"]
    out = os.path.join(folder, f"vips-{os.getpid()}.png")
    command = ["vipsthumbnail", line["path"], "--size", "1200x1200>", "-o", out]
    if header(line["path"], "icc-profile-data") or header(line["path"], "interpretation") == "cmyk":
        command += ["--export-profile", "srgb", "--intent", "perceptual"]
    ran = subprocess.run(command, capture_output=True, text=True)
    if not os.path.exists(out):
        return {"name": name, "error": ran.stderr.strip()[:200] or "vipsthumbnail wrote nothing"}
    vips, ours = Image.open(out), Image.open(line["picture"])
    answer = {"name": name, "vipsWidth": vips.width, "vipsHeight": vips.height, "width": ours.width, "height": ours.height}
    rgb, alpha = planes(vips)
    theirs = on_white(corrected(rgb, *png_colour(line["path"])), alpha)
    if vips.size != ours.size:
        same = Image.fromarray(np.clip(np.round(theirs), 0, 255).astype(np.uint8)).resize(ours.size, Image.LANCZOS)
        theirs = np.asarray(same).astype(np.float64)
    os.unlink(out)
    mine = on_white(*planes(ours))
    floor = as_jpeg(theirs)
    answer["mean"] = float(np.mean(np.abs(mine - theirs)))
    answer["floor"] = float(np.mean(np.abs(floor - theirs))) if line["picture"].endswith("jpeg") else 0.0
    answer["psnr"] = psnr(mine, theirs)
    return answer


def main():
    jobs = [(json.loads(line), sys.argv[1]) for line in sys.stdin]
    with Pool() as pool:
        for answer in pool.imap(compare, jobs):
            print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
