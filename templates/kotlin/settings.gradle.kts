rootProject.name = {{ artifact }}
