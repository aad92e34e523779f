//! The `errbook` command: everything is in `errbook::cli`.

fn main() -> std::process::ExitCode {
    errbook::cli::run(std::env::args_os())
}
