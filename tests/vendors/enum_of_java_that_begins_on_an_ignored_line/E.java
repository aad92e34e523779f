public enum E { OK(0, "Success"),
  BAD(1, "Bad"),
  WORSE(2, "Worse"); // OLD(2, "Worse");
  OLD(9, "Old"),
}
