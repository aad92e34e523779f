//! The seventeen canonical codes of google.rpc (`google/rpc/code.proto`), which every entry has one of.

/// The kind of an error, in the order of google.rpc's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// 0: no error.
    Ok,
    /// 1: the caller gave up.
    Cancelled,
    /// 2: nothing is known about the cause.
    Unknown,
    /// 3: the request is wrong whatever the state of the system.
    InvalidArgument,
    /// 4: no answer in time; the operation may have happened.
    DeadlineExceeded,
    /// 5: the thing asked for does not exist.
    NotFound,
    /// 6: the thing to be made exists already.
    AlreadyExists,
    /// 7: the caller is known and may not do this.
    PermissionDenied,
    /// 8: a quota or a limit is used up.
    ResourceExhausted,
    /// 9: the system is not in the state the operation needs.
    FailedPrecondition,
    /// 10: another operation was in the way.
    Aborted,
    /// 11: the operation went past a valid range.
    OutOfRange,
    /// 12: the operation does not exist here.
    Unimplemented,
    /// 13: something inside the service is broken.
    Internal,
    /// 14: the service cannot be reached at the moment.
    Unavailable,
    /// 15: data is lost or damaged.
    DataLoss,
    /// 16: the caller is not known.
    Unauthenticated,
}

impl Kind {
    /// All kinds, in the order of google.rpc's numbers.
    pub const ALL: [Self; 17] = [
        Self::Ok,
        Self::Cancelled,
        Self::Unknown,
        Self::InvalidArgument,
        Self::DeadlineExceeded,
        Self::NotFound,
        Self::AlreadyExists,
        Self::PermissionDenied,
        Self::ResourceExhausted,
        Self::FailedPrecondition,
        Self::Aborted,
        Self::OutOfRange,
        Self::Unimplemented,
        Self::Internal,
        Self::Unavailable,
        Self::DataLoss,
        Self::Unauthenticated,
    ];

    /// The name in a spec: google.rpc's in `snake_case`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Cancelled => "cancelled",
            Self::Unknown => "unknown",
            Self::InvalidArgument => "invalid_argument",
            Self::DeadlineExceeded => "deadline_exceeded",
            Self::NotFound => "not_found",
            Self::AlreadyExists => "already_exists",
            Self::PermissionDenied => "permission_denied",
            Self::ResourceExhausted => "resource_exhausted",
            Self::FailedPrecondition => "failed_precondition",
            Self::Aborted => "aborted",
            Self::OutOfRange => "out_of_range",
            Self::Unimplemented => "unimplemented",
            Self::Internal => "internal",
            Self::Unavailable => "unavailable",
            Self::DataLoss => "data_loss",
            Self::Unauthenticated => "unauthenticated",
        }
    }

    /// One sentence for the documentation of generated code.
    pub const fn summary(self) -> &'static str {
        match self {
            Self::Ok => "The request succeeded.",
            Self::Cancelled => "The caller cancelled the operation.",
            Self::Unknown => "The cause is unknown; every code that this file does not know has this kind.",
            Self::InvalidArgument => "The request itself is wrong, whatever the state of the system.",
            Self::DeadlineExceeded => "No answer came in time; the operation may still have happened.",
            Self::NotFound => "What the request asks for does not exist.",
            Self::AlreadyExists => "What the request would create exists already.",
            Self::PermissionDenied => "The caller is known but may not do this.",
            Self::ResourceExhausted => "A quota or a limit is used up.",
            Self::FailedPrecondition => "The system is not in the state that the operation needs.",
            Self::Aborted => "A concurrent operation was in the way.",
            Self::OutOfRange => "The operation went past the valid range.",
            Self::Unimplemented => "The operation is not implemented or not supported here.",
            Self::Internal => "Something inside the service is broken.",
            Self::Unavailable => "The service or the device cannot be reached at the moment.",
            Self::DataLoss => "Data is lost or damaged beyond repair.",
            Self::Unauthenticated => "The caller is not, or no longer, signed in.",
        }
    }

    /// The kind called `id` in a spec.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }

    /// Whether an entry of this kind can be worth repeating unchanged.
    pub const fn may_be_retryable(self) -> bool {
        matches!(
            self,
            Self::Unavailable
                | Self::DeadlineExceeded
                | Self::ResourceExhausted
                | Self::Aborted
                | Self::Internal
                | Self::Unknown
        )
    }
}
