// Temporary: what is not written yet.
#include "codec.h"
#include "picture.h"
#define WEAK __attribute__((weak))
static void absent(void) { fail(FAILURE_UNSUPPORTED, "not written yet"); }
static size_t absent_feed(const uint8_t *b, size_t n, int l, int *d) { (void)b; (void)n; (void)l; (void)d; fail(FAILURE_UNSUPPORTED, "not written yet"); }
static void nothing(void) {}
WEAK const struct Decoder jpeg_decoder = {absent, absent_feed, nothing};
WEAK const struct Decoder png_decoder = {absent, absent_feed, nothing};
WEAK const struct Decoder webp_decoder = {absent, absent_feed, nothing};
WEAK const struct Decoder gif_decoder = {absent, absent_feed, nothing};
WEAK const struct Decoder bmp_decoder = {absent, absent_feed, nothing};
WEAK void colour_profile(const uint8_t *b, size_t n) { (void)b; (void)n; }
WEAK void colour_gamma(double g, const double c[8]) { (void)g; (void)c; }
WEAK void colour_begin(enum Samples s, int g) { (void)s; (void)g; }
WEAK int colour_is_needed(void) { return 0; }
WEAK void colour_row(uint8_t *s, int n) { (void)s; (void)n; }
WEAK void colour_end(void) {}
WEAK struct Bytes encode_jpeg(const uint8_t *p, int w, int h, int q, int e) { (void)p; (void)w; (void)h; (void)q; (void)e; absent(); return (struct Bytes){0}; }
WEAK struct Bytes encode_png(const uint8_t *p, int w, int h, int a, int e) { (void)p; (void)w; (void)h; (void)a; (void)e; absent(); return (struct Bytes){0}; }
WEAK struct Bytes encode_webp(const uint8_t *p, int w, int h, int q, int a, int e) { (void)p; (void)w; (void)h; (void)q; (void)a; (void)e; absent(); return (struct Bytes){0}; }
WEAK void picture_target(int v, int l) { (void)v; (void)l; }
WEAK double picture_fact(enum Fact f) { (void)f; return 0; }
WEAK const struct Picture *picture_of(int v) { (void)v; static struct Picture p; return &p; }
WEAK void picture_free(void) {}
WEAK void picture_begin(const struct Source *s) { (void)s; }
WEAK void picture_row(const uint8_t *s) { (void)s; }
WEAK void picture_end(void) {}
WEAK int largest_target(void) { return 1200; }
WEAK int exif_orientation(const uint8_t *t, size_t n) { (void)t; (void)n; return 1; }
