//! Great books in the five languages: their packages compiled together with a program that asks for every code.
//!
//! In: a language, and the shape of a synthetic book. Out: a folder in which `build.sh` compiles both as an app would,
//! and a program that says what it finds. `xtask/scale/` holds the programs; `words.md` there says what they print.
//! The benchmarks time them; a test holds what they print against the book.

use crate::books::{self, Shape};
use crate::toolchains;
use anyhow::{Context as _, bail, ensure};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

/// The languages that there is a program for.
pub const LANGUAGES: [&str; 5] = ["rust", "typescript", "kotlin", "swift", "java"];

/// What `build.sh` exits with if a compiler is missing (the convention of Automake).
const SKIPPED: i32 = 77;

/// A book's package in one language, and the program beside it.
pub struct Project {
    /// Where both lie.
    pub folder: PathBuf,
    shape: Shape,
}

impl Project {
    /// Generates the package into `folder`, and puts the program beside it.
    pub fn prepare(folder: &Path, language: &str, shape: Shape) -> anyhow::Result<Self> {
        if folder.exists() {
            std::fs::remove_dir_all(folder).with_context(|| format!("cannot remove {}", folder.display()))?;
        }
        books::write(folder, shape)?;
        let book = folder.join("spec/errbook.yaml");
        let arguments = ["errbook".as_ref(), "gen".as_ref(), "--language".as_ref(), language.as_ref()];
        let arguments = arguments.into_iter().chain(["--book".as_ref(), book.as_os_str()]);
        let code = errbook::cli::run(arguments.map(OsStr::to_owned));
        ensure!(code == ExitCode::SUCCESS, "errbook made no {language} of a synthetic book");
        std::fs::rename(folder.join("generated").join(language), folder.join("package"))
            .context("cannot move the package")?;
        let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("scale").join(language);
        for name in ["program", "build"] {
            std::fs::create_dir(folder.join(name)).with_context(|| format!("cannot make {name}/"))?;
        }
        for entry in
            std::fs::read_dir(&program).with_context(|| format!("cannot read {}", program.display()))?
        {
            let path = entry.context("cannot list a folder")?.path();
            let name = path.file_name().unwrap_or_default();
            std::fs::copy(&path, folder.join("program").join(name)).context("cannot copy the program")?;
        }
        Ok(Self { folder: folder.to_owned(), shape })
    }

    /// Compiles the package and the program; gives what is missing, if it is a compiler.
    pub fn build(&self) -> anyhow::Result<Option<String>> {
        let mut bash = Command::new("bash");
        let output = bash
            .arg("program/build.sh")
            .current_dir(&self.folder)
            .env("PATH", toolchains::path())
            .stdin(Stdio::null())
            .output()
            .context("cannot run bash")?;
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said);
        match output.status.code() {
            Some(0) => Ok(None),
            Some(SKIPPED) => Ok(Some(said.trim().to_owned())),
            _ => bail!("the compiler ended with {}: {said}", output.status),
        }
    }

    /// What the program prints.
    pub fn run(&self, words: &[&str]) -> anyhow::Result<String> {
        let mut program = Command::new(self.folder.join("build/run"));
        let output = program
            .args(words)
            .current_dir(&self.folder)
            .env("PATH", toolchains::path())
            .stdin(Stdio::null())
            .output()
            .context("cannot run the program")?;
        if !output.status.success() {
            bail!("the program ended with {}: {}", output.status, String::from_utf8_lossy(&output.stderr));
        }
        String::from_utf8(output.stdout).context("the program printed no UTF-8")
    }

    /// Holds what the program says of every code against the book.
    pub fn prove(&self) -> anyhow::Result<()> {
        let (said, wanted) = (self.run(&["all"])?, self.shape.rows());
        let differing = said.lines().zip(wanted.lines()).find(|(said, wanted)| said != wanted);
        if let Some((said, wanted)) = differing {
            bail!("the program says\n{said}\nand the book\n{wanted}");
        }
        let (lines, count) = (said.lines().count(), wanted.lines().count());
        ensure!(lines == count, "the program knows {lines} codes, and the book has {count}");
        Ok(())
    }
}
