package com.example;

public enum ErrorCode {
    /** Everything is fine. */
    OK(0, "Success"),

    DEVICE_OFFLINE(1001, "Device is offline"), // 设备离线
    TOKEN_EXPIRED(
        1002,
        "Token has expired"),
    @Deprecated
    OLD(1003, "Old \"one\""),
    BROKEN(1004, "a" + "b");

    private final int code;
}
