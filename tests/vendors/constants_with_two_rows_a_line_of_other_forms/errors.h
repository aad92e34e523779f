#define ERR_A 101 /* Aaa */
#define ERR_B 102 /* Bbb */#define ERR_X 1000 /* Xxx */
#define ERR_C 103 /* Ccc, and not 5 */
#define ERR_D 104 /* Ddd */ #define ERR_Y 0 /* Yyy */
#define ERR_E 105 /* Eee, see ERR_A 101 */
