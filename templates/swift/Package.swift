// swift-tools-version:5.9
// Version {{ version }}. SwiftPM takes the version of a package from its git tag: use this one.

import PackageDescription

let package = Package(
    name: "{{ module }}",
    products: [
        .library(name: "{{ module }}", targets: ["{{ module }}"])
    ],
    targets: [
        .target(name: "{{ module }}")
    ]
)
