using System.Collections.Concurrent;
using System.Text;

namespace Platform.Domain.Kernel;

/// <summary>A refusal: expected, and a person can act on it. It carries the facts, not only a sentence.</summary>
public abstract record DomainError
{
    private static readonly ConcurrentDictionary<Type, string> Codes = new();

    /// <summary>The actual cause, in a sentence that names the facts.</summary>
    public abstract string Message { get; }

    /// <summary>Stable for ever: <c>RecountNeedsAnotherCounter</c> is <c>RECOUNT_NEEDS_ANOTHER_COUNTER</c>, <c>NotAReceipt</c> is <c>NOT_A_RECEIPT</c>.</summary>
    public string Code => Codes.GetOrAdd(GetType(), static type => UpperSnake(type.Name));

    private static string UpperSnake(string name)
    {
        var code = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            var isWord = i > 0 && char.IsUpper(name[i]) && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (isWord)
            {
                code.Append('_');
            }

            code.Append(char.ToUpperInvariant(name[i]));
        }

        return code.ToString();
    }
}

/// <summary>Declares a refusal of a command; the architecture tests compare it with what the handler constructs.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class RefusesAttribute<T> : Attribute
    where T : DomainError;

/// <summary>Declares that a command refuses whatever another does, because it ends in the same road: every posting of stock.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class RefusesLikeAttribute<TCommand> : Attribute;
