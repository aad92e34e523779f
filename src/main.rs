//! The `errbook` command: everything is in `errbook::cli`.

/// Views are made of hundreds of thousands of small texts, which several threads make and drop at a time: the
/// allocator of glibc took half of a run for them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    errbook::cli::run(std::env::args_os())
}
