// Colours to sRGB by lcms2, with the perceptual intent, as browsers do. One transform an image; where the samples are
// grey a table of 256 does. A profile that leaves sRGB as it is (by what it does, not by its name) costs nothing.
#include "codec.h"

#include <lcms2.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PROFILE_BYTES_MAX (4u << 20)
#define CHANNELS 4
#define GREYS 256
#define PROBE_STEPS 9   // A side of the cube of colours that tells whether a profile is sRGB.
#define PROBE_TOLERANCE 2
#define PNG_SRGB_GAMMA 0.45455
#define GAMMA_TOLERANCE 0.05 // libpng's: less is not seen.

enum Way { WAY_NONE, WAY_TABLE, WAY_RGB, WAY_CMYK, WAY_NAIVE_CMYK };

static struct {
  enum Way way;
  uint8_t *profile;
  size_t profile_length;
  int is_unusable;
  int has_gamma;
  double gamma, chromaticities[8];
  cmsHTRANSFORM transform;
  uint8_t table[GREYS][CHANNELS];
} colour;

void colour_profile(const uint8_t *bytes, size_t length) {
  free(colour.profile);
  colour.profile = NULL;
  colour.is_unusable = length == 0 || length > PROFILE_BYTES_MAX;
  if (colour.is_unusable) return;
  colour.profile = allocate(length);
  memcpy(colour.profile, bytes, length);
  colour.profile_length = length;
}

void colour_gamma(double gamma, const double chromaticities[8]) {
  colour.has_gamma = gamma > 0.01 && gamma < 100;
  colour.gamma = gamma;
  memcpy(colour.chromaticities, chromaticities, sizeof colour.chromaticities);
}

// ---- profiles -------------------------------------------------------------------------------------------------------

static cmsToneCurve *gamma_curve(double gamma) {
  static const cmsFloat64Number srgb[5] = {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};
  int is_srgb = fabs(gamma / PNG_SRGB_GAMMA - 1) < GAMMA_TOLERANCE;
  return is_srgb ? cmsBuildParametricToneCurve(NULL, 4, srgb) : cmsBuildGamma(NULL, 1 / gamma);
}

static cmsHPROFILE profile_of_gamma(void) {
  const double *c = colour.chromaticities;
  cmsCIExyY white = {c[0], c[1], 1};
  cmsCIExyYTRIPLE primaries = {{c[2], c[3], 1}, {c[4], c[5], 1}, {c[6], c[7], 1}};
  cmsToneCurve *curve = gamma_curve(colour.gamma);
  cmsToneCurve *curves[3] = {curve, curve, curve};
  cmsHPROFILE profile = curve ? cmsCreateRGBProfile(&white, &primaries, curves) : NULL;
  if (curve) cmsFreeToneCurve(curve);
  return profile;
}

static int is_device(cmsHPROFILE profile) {
  cmsProfileClassSignature class = cmsGetDeviceClass(profile);
  return class == cmsSigInputClass || class == cmsSigDisplayClass || class == cmsSigOutputClass ||
         class == cmsSigColorSpaceClass;
}

static int does_fit(cmsHPROFILE profile, enum Samples samples, int is_grey) {
  cmsColorSpaceSignature space = cmsGetColorSpace(profile);
  if (!is_device(profile)) return 0;
  if (samples == SAMPLES_CMYK) return space == cmsSigCmykData;
  return space == cmsSigRgbData || (space == cmsSigGrayData && is_grey);
}

static cmsHPROFILE open_profile(void) {
  if (!colour.profile) return colour.has_gamma ? profile_of_gamma() : NULL;
  cmsHPROFILE profile = cmsOpenProfileFromMem(colour.profile, (cmsUInt32Number)colour.profile_length);
  free(colour.profile); // lcms has a copy.
  colour.profile = NULL;
  return profile;
}

static cmsHTRANSFORM transform_to_srgb(cmsHPROFILE profile, cmsUInt32Number format) {
  cmsHPROFILE srgb = cmsCreate_sRGBProfile();
  if (!srgb) fail(FAILURE_MEMORY, "lcms2");
  cmsUInt32Number flags = format == TYPE_RGBA_8 ? cmsFLAGS_COPY_ALPHA : 0;
  cmsHTRANSFORM transform = cmsCreateTransform(profile, format, srgb, TYPE_RGBA_8, INTENT_PERCEPTUAL, flags);
  cmsCloseProfile(srgb);
  return transform;
}

// ---- the way an image takes -----------------------------------------------------------------------------------------

static int is_unchanged(const uint8_t *before, const uint8_t *after, int count) {
  for (int i = 0; i < count * CHANNELS; i++) {
    if (i % CHANNELS != 3 && abs(before[i] - after[i]) > PROBE_TOLERANCE) return 0;
  }
  return 1;
}

static int leaves_srgb(cmsHTRANSFORM transform) {
  uint8_t before[PROBE_STEPS * PROBE_STEPS][CHANNELS], after[PROBE_STEPS * PROBE_STEPS][CHANNELS];
  for (int red = 0; red < PROBE_STEPS; red++) {
    for (int i = 0; i < PROBE_STEPS * PROBE_STEPS; i++) {
      const int levels[CHANNELS] = {red, i / PROBE_STEPS, i % PROBE_STEPS, PROBE_STEPS - 1};
      for (int c = 0; c < CHANNELS; c++) before[i][c] = (uint8_t)(levels[c] * 255 / (PROBE_STEPS - 1));
    }
    cmsDoTransform(transform, before, after, PROBE_STEPS * PROBE_STEPS);
    if (!is_unchanged(before[0], after[0], PROBE_STEPS * PROBE_STEPS)) return 0;
  }
  return 1;
}

static enum Way fill_table(cmsHTRANSFORM transform, int is_one_channel) {
  uint8_t greys[GREYS][CHANNELS], ramp[GREYS];
  for (int i = 0; i < GREYS; i++) {
    memset(greys[i], i, CHANNELS);
    ramp[i] = (uint8_t)i;
  }
  if (is_one_channel) cmsDoTransform(transform, ramp, colour.table, GREYS);
  else cmsDoTransform(transform, greys, colour.table, GREYS);
  cmsDeleteTransform(transform);
  return is_unchanged(greys[0], colour.table[0], GREYS) ? WAY_NONE : WAY_TABLE;
}

static enum Way way_through(cmsHPROFILE profile, enum Samples samples, int is_grey) {
  int is_one_channel = cmsGetColorSpace(profile) == cmsSigGrayData;
  cmsUInt32Number format = samples == SAMPLES_CMYK ? TYPE_CMYK_8 : is_one_channel ? TYPE_GRAY_8 : TYPE_RGBA_8;
  cmsHTRANSFORM transform = transform_to_srgb(profile, format);
  if (!transform) {
    colour.is_unusable = 1;
    return WAY_NONE;
  }
  if (samples == SAMPLES_RGBA && is_grey) return fill_table(transform, is_one_channel);
  if (samples == SAMPLES_RGBA && leaves_srgb(transform)) {
    cmsDeleteTransform(transform);
    return WAY_NONE;
  }
  colour.transform = transform;
  return samples == SAMPLES_CMYK ? WAY_CMYK : WAY_RGB;
}

void colour_begin(enum Samples samples, int is_grey) {
  int is_given = colour.profile || colour.has_gamma;
  cmsHPROFILE profile = is_given ? open_profile() : NULL;
  if (profile && does_fit(profile, samples, is_grey)) colour.way = way_through(profile, samples, is_grey);
  else if (is_given) colour.is_unusable = 1;
  if (profile) cmsCloseProfile(profile);
  facts.profile = colour.is_unusable ? 2 : colour.way == WAY_NONE ? 0 : 1;
  if (samples == SAMPLES_CMYK && colour.way == WAY_NONE) colour.way = WAY_NAIVE_CMYK;
}

int colour_is_needed(void) {
  return colour.way != WAY_NONE;
}

// ---- rows -----------------------------------------------------------------------------------------------------------

static void look_up_row(uint8_t *samples, int count) {
  for (int i = 0; i < count; i++, samples += CHANNELS) memcpy(samples, colour.table[samples[0]], CHANNELS - 1);
}

static void set_opaque(uint8_t *samples, int count) {
  for (int i = 0; i < count; i++) samples[i * CHANNELS + 3] = 255;
}

static uint8_t multiply(unsigned a, unsigned b) {
  unsigned product = a * b + 128;
  return (uint8_t)((product + (product >> 8)) >> 8);
}

// Without a profile: each ink takes its complement away, and black takes from all.
static void convert_naively(uint8_t *samples, int count) {
  for (int i = 0; i < count; i++, samples += CHANNELS) {
    unsigned light = 255u - samples[3];
    for (int c = 0; c < 3; c++) samples[c] = multiply(255u - samples[c], light);
    samples[3] = 255;
  }
}

void colour_row(uint8_t *samples, int count) {
  switch (colour.way) {
    case WAY_NONE: return;
    case WAY_TABLE: look_up_row(samples, count); return;
    case WAY_RGB: cmsDoTransform(colour.transform, samples, samples, (cmsUInt32Number)count); return;
    case WAY_CMYK:
      cmsDoTransform(colour.transform, samples, samples, (cmsUInt32Number)count);
      set_opaque(samples, count);
      return;
    case WAY_NAIVE_CMYK: convert_naively(samples, count); return;
  }
}

void colour_end(void) {
  if (colour.transform) cmsDeleteTransform(colour.transform);
  free(colour.profile);
  memset(&colour, 0, sizeof colour);
}
