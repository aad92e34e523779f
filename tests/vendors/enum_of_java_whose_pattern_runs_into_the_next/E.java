/** Offline */
E_A(1001),
/** Battery low */
E_B(CONST),
/** Token */
E_C(1003);
