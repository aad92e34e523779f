#ifndef ERRORS_H
#define ERRORS_H
/* Error codes of the module */
#define ERR_OK            0x0000  /* Success */
#define ERR_OFFLINE       0x1001  /* The device is offline */
#define ERR_TIMEOUT       (-2)    /* Timed out */
#define ERR_BUSY          4098    // Busy
#define ERR_LONG          4099    /* A text \
                                     over two lines */
#define ERR_BASE          4096
#endif
