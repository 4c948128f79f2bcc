/** What of a source package is compiled, and how. Paths are relative to its folder. */
export interface Library {
  /** The folder its sources are unpacked to. */
  folder: string;
  files: readonly string[];
  flags: readonly string[];
  /** Its licence's text, for the notices. */
  licence: readonly string[];
}

const SHIMS = "-Ishims";

/** "jd" + "huff apimin" → "jdhuff.c", "jdapimin.c". */
function named(prefix: string, words: string): string[] {
  return words.split(" ").map((word) => `${prefix}${word}.c`);
}

// Without Huffman coding, which is included by our own, and without what codec/src/jpeg_unused.c stands for.
const jpeg: Library = {
  folder: "jpeg",
  files: [
    ...named("jc", "apimin apistd coefct dctmgr init mainct marker master omapi param phuff"),
    ...named("jd", "apimin apistd coefct dctmgr input mainct marker master phuff"),
    ...named("j", "fdctint idctint idctred utils memmgr memnobs"),
  ],
  flags: [SHIMS, "-Ijpeg", "-DNO_GETENV", "-DNO_PUTENV"],
  licence: ["LICENSE.md", "README.ijg"],
};

const zlib: Library = {
  folder: "zlib",
  files: named("", "adler32 crc32 deflate inffast inflate inftrees trees zutil"),
  flags: ["-Izlib", "-DNO_GZIP", "-DHAVE_UNISTD_H"],
  licence: ["README"],
};

const PNG_FLAGS = ["-Ipng", "-Izlib", "-DPNG_NO_SETJMP", "-DPNG_INTEL_SSE", "-DPNG_INTEL_SSE_OPT=2"];

const png: Library = {
  folder: "png",
  files: [
    ...named("png", "error get mem pread read rio rtran rutil set trans wio write wtran wutil"),
    "png.c",
    ...named("intel/", "filter_sse2_intrinsics intel_init"),
  ],
  flags: [SHIMS, "-D__SSE2__", ...PNG_FLAGS],
  licence: ["LICENSE"],
};

const WEBP_DSP =
  "alpha_processing cost cpu dec dec_clip_tables enc filters lossless lossless_enc rescaler ssim upsampling yuv";
const WEBP_SSE2 = "alpha_processing cost dec enc filters lossless lossless_enc rescaler ssim upsampling yuv";

const webp: Library = {
  folder: "webp",
  files: [
    ...named("sharpyuv/sharpyuv", " _csp _dsp _gamma _sse2").map((file) => file.replace(" ", "")),
    ...named(
      "src/dec/",
      "alpha_dec buffer_dec frame_dec idec_dec io_dec quant_dec tree_dec vp8_dec vp8l_dec webp_dec",
    ),
    ...named("src/dsp/", WEBP_DSP),
    ...WEBP_SSE2.split(" ").map((name) => `src/dsp/${name}_sse2.c`),
    ...named(
      "src/enc/",
      "alpha_enc analysis_enc backward_references_cost_enc backward_references_enc config_enc cost_enc filter_enc " +
        "frame_enc histogram_enc iterator_enc near_lossless_enc picture_csp_enc picture_enc picture_psnr_enc " +
        "picture_rescale_enc picture_tools_enc predictor_enc quant_enc syntax_enc token_enc tree_enc vp8l_enc webp_enc",
    ),
    ...named(
      "src/utils/",
      "bit_reader_utils bit_writer_utils color_cache_utils filters_utils huffman_encode_utils huffman_utils " +
        "quant_levels_dec_utils quant_levels_utils random_utils rescaler_utils thread_utils utils",
    ),
  ],
  // EMSCRIPTEN is what its code for wasm asks for: SIMD by the compiler's flags and not by cpuid.
  flags: [SHIMS, "-Iwebp", "-Iwebp/src", "-DEMSCRIPTEN", "-D__SSE2__"],
  licence: ["COPYING", "PATENTS"],
};

const lcms: Library = {
  folder: "lcms",
  files: named(
    "src/cms",
    "alpha cam02 cnvrt err gamma gmt half intrp io0 io1 lut md5 mtrx named opt pack pcs plugin samp sm types virt wtpnt xform",
  ),
  flags: ["-Ilcms/include", "-Ilcms/src", "-DCMS_NO_PTHREADS", "-DCMS_NO_REGISTER_KEYWORD"],
  licence: ["COPYING"],
};

/** By the name of the Debian source package. */
export const LIBRARIES: Readonly<Record<string, Library>> = {
  "libjpeg-turbo": jpeg,
  "libpng1.6": png,
  zlib,
  libwebp: webp,
  lcms2: lcms,
};

/** What our own sources see of the libraries. */
export const OWN_FLAGS: readonly string[] = [
  SHIMS,
  "-Ijpeg",
  "-Ipng",
  "-Izlib",
  "-Iwebp",
  "-Iwebp/src",
  "-Ilcms/include",
  "-DPNG_NO_SETJMP",
  "-Wall",
  "-Wextra",
  "-Werror",
];
