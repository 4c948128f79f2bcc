#!/usr/bin/python3
"""PSNR and SSIM of encoded variants against a full-decode Lanczos reference; and Pillow's own variants.

    python3 quality.py REFERENCE < lines    reads {"name", "path", "pictures": [{"contender", "quality", "variant", "format", "path"}]}

The reference picture: the whole image decoded, upright, its profile converted to sRGB by lcms2 (perceptual) at full size,
then one Lanczos resize without reducing_gap to the variant's own width and height, nothing encoded.
PSNR: 10 log10(255² / mean squared error of R, G and B). SSIM (Wang et al. 2004): of luma (BT.601), an 11 × 11 Gaussian
window of sigma 1.5, K1 = 0.01, K2 = 0.03, mean over the places where the window fits.
Pillow's variants are made as the reference's process_single_image and process_draft make them, in several qualities.
"""
import io
import json
import os
import sys
from multiprocessing import Pool

import numpy as np
from PIL import Image, ImageCms

sys.path.insert(0, sys.argv[1])
import images  # noqa: E402

Image.MAX_IMAGE_PIXELS = None
QUALITIES = (70, 80, 85, 90, 95)
SRGB = ImageCms.createProfile("sRGB")
WINDOW = np.exp(-((np.arange(11) - 5) ** 2) / (2 * 1.5 ** 2))
WINDOW /= WINDOW.sum()


def to_srgb(image):
    profile = image.info.get("icc_profile")
    if not profile:
        return image.convert("RGB")
    opened = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    return ImageCms.profileToProfile(image, opened, SRGB, renderingIntent=0, outputMode="RGB")


def blurred(plane):
    rows = sum(w * plane[i:plane.shape[0] - 10 + i] for i, w in enumerate(WINDOW))
    return sum(w * rows[:, i:rows.shape[1] - 10 + i] for i, w in enumerate(WINDOW))


def luma(rgb):
    return (rgb @ np.array([0.299, 0.587, 0.114], np.float32)).astype(np.float32)


class Reference:
    def __init__(self, image):
        self.image = image
        self.made = {}

    def at(self, size):
        if size not in self.made:
            rgb = np.asarray(self.image.resize(size, Image.LANCZOS, reducing_gap=None)).astype(np.float32)
            y = luma(rgb)
            mean = blurred(y)
            self.made[size] = rgb, y, mean, blurred(y * y) - mean * mean
        return self.made[size]

    def score(self, picture):
        rgb, y, mean_y, var_y = self.at(picture.size)
        other = np.asarray(picture.convert("RGB")).astype(np.float32)
        error = float(np.mean((rgb - other) ** 2))
        psnr = 99.0 if error == 0 else 10 * np.log10(255 ** 2 / error)
        x = luma(other)
        mean_x = blurred(x)
        var_x, both = blurred(x * x) - mean_x * mean_x, blurred(x * y) - mean_x * mean_y
        c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
        top = (2 * mean_x * mean_y + c1) * (2 * both + c2)
        ssim = float(np.mean(top / ((mean_x ** 2 + mean_y ** 2 + c1) * (var_x + var_y + c2))))
        return float(psnr), ssim


def pillow_variants(path):
    """As the reference's functions, with the colours converted first, so that what is compared is the resizing."""
    for contender, is_draft in (("pillow-after", False), ("pillow-draft", True)):
        with Image.open(path) as image:
            if is_draft:
                image.draft("RGB", max(images.SIZES.values()))
            image = images.to_rgb(to_srgb(images.upright(image)))
            for name in ("large", "medium", "thumb"):
                small = image if is_draft else image.copy()
                small.thumbnail(images.SIZES[name], Image.LANCZOS)
                for quality in QUALITIES:
                    file = io.BytesIO()
                    small.save(file, "JPEG", quality=quality, optimize=True)
                    yield contender, quality, name, "jpeg", file


def measure(line):
    job = json.loads(line)
    with Image.open(job["path"]) as image:
        reference = Reference(to_srgb(images.upright(image)))
    rows = []

    def add(contender, quality, variant, form, source, size):
        with Image.open(source) as picture:
            psnr, ssim = reference.score(picture)
            rows.append(dict(contender=contender, quality=quality, variant=variant, format=form, bytes=size,
                             width=picture.width, height=picture.height, psnr=psnr, ssim=ssim))

    for one in job["pictures"]:
        add(one["contender"], one["quality"], one["variant"], one["format"], one["path"], os.path.getsize(one["path"]))
    for contender, quality, variant, form, file in pillow_variants(job["path"]):
        add(contender, quality, variant, form, file, len(file.getvalue()))
    return {"name": job["name"], "rows": rows}


def main():
    with Pool() as pool:
        for answer in pool.imap(measure, sys.stdin):
            print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
