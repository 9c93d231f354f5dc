using System.Diagnostics.CodeAnalysis;

namespace Platform.Domain.Kernel;

/// <summary>What a command answers: its event, or the refusal that stopped it. The only result type of the house.</summary>
public readonly struct Result<T> : IEquatable<Result<T>>
    where T : notnull
{
    private readonly T? _value;

    private Result(T? value, DomainError? error, bool isReplay)
    {
        _value = value;
        Error = error;
        IsReplay = isReplay;
    }

    /// <summary>True when this is the stored answer to an earlier request with the same idempotency key.</summary>
    public bool IsReplay { get; }

    /// <summary>The refusal, or null when the command went through.</summary>
    public DomainError? Error { get; }

    /// <summary>The value of a success; asking a refusal for it is a bug.</summary>
    public T Value => Error is null && _value is not null
        ? _value
        : throw new InvalidOperationException($"Refused: {Error?.Message ?? "an empty result"}");

    public static implicit operator Result<T>(T value) => new(value, error: null, isReplay: false);

    public static implicit operator Result<T>(DomainError error) => new(default, error, isReplay: false);

    public static bool operator ==(Result<T> left, Result<T> right) => left.Equals(right);

    public static bool operator !=(Result<T> left, Result<T> right) => !left.Equals(right);

    /// <summary>The same answer, marked as one that was given before.</summary>
    public Result<T> AsReplay() => new(_value, Error, isReplay: true);

    public bool Succeeded([NotNullWhen(true)] out T? value)
    {
        value = _value;
        return Error is null && value is not null;
    }

    public bool Equals(Result<T> other) =>
        EqualityComparer<T?>.Default.Equals(_value, other._value) && Equals(Error, other.Error);

    public override bool Equals(object? obj) => obj is Result<T> other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(_value, Error);

    public override string ToString() => Error is null ? $"ok {_value}" : $"refused {Error.Code}: {Error.Message}";
}

/// <summary>Makes results where the compiler cannot convert by itself: for values known only by an interface or type parameter.</summary>
public static class Result
{
    public static Result<T> Of<T>(T value)
        where T : notnull => value;

    public static Result<T> Refused<T>(DomainError error)
        where T : notnull => error;
}
