namespace Truebit.Sandbox;

/// <summary>What goes wrong with one submission; <see cref="SandboxFaults"/> says what each of them is.</summary>
internal enum Fault
{
    None,
    ResetBefore,
    LoseAnswer,
    ServerError,
    BadGateway,
    TooManyRequests,
    CutOff,
    Slow,
    Redirect,
    Unavailable503,
    SameId,
    WrongId,
    HugeAnswer,
    QuoteSecret,
}
