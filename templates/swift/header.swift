// swiftlint:disable all
// swift-format-ignore-file
// swiftformat:disable all
