// swift-tools-version:5.9
// Version 1.0.0. SwiftPM takes the version of a package from its git tag: use this one.

import PackageDescription

let package = Package(
    name: "ErrbookIot",
    products: [
        .library(name: "ErrbookIot", targets: ["ErrbookIot"])
    ],
    targets: [
        .target(name: "ErrbookIot")
    ]
)
