#!/usr/bin/python3
"""The reference's functions, one job a line: reads {"file", "keep"?}, answers {"cpuMs", "wallMs"}.

    python3 pillow.py REFERENCE before|after|draft|after-webp|draft-webp

`-webp`: a WebP of each size beside the JPEG, at quality 80 and libwebp's default effort, as the pipeline has it.
"""
import json
import os
import resource
import shutil
import sys
import time

sys.path.insert(0, sys.argv[1])
import images  # noqa: E402

images.Image.MAX_IMAGE_PIXELS = None


def process_before(job):
    images.process_images([job[0]])
    return {"success": True}


FUNCTIONS = {"before": process_before, "after": images.process_single_image, "draft": images.process_draft}


def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def write_webp_too():
    save = images.Image.Image.save

    def both(image, path, *args, **options):
        save(image, path, *args, **options)
        save(image, f"{path}.webp", "WEBP", quality=80, method=4)

    images.Image.Image.save = both


def main():
    function, *both = sys.argv[2].split("-")
    work = FUNCTIONS[function]
    if both:
        write_webp_too()
    os.makedirs(images.OUT, exist_ok=True)
    for line in sys.stdin:
        job = json.loads(line)
        before, started = cpu(), time.perf_counter()
        result = work((job["file"], images.SIZES))
        spent = {"cpuMs": (cpu() - before) * 1e3, "wallMs": (time.perf_counter() - started) * 1e3}
        if not result["success"]:
            spent = {"error": result["error"]}
        elif "keep" in job:
            for name in images.SIZES:
                shutil.copy(images.target(job["file"], name), os.path.join(job["keep"], f"{name}.jpeg"))
        print(json.dumps(spent), flush=True)


if __name__ == "__main__":
    main()
