using System.Text;
using Platform.GraphQL.Execution;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Transport;

/// <summary>The schema's text for those who may read it.</summary>
public interface ISchemaText
{
    ReadOnlyMemory<byte> Sdl { get; }

    /// <summary>
    /// For clients that ask for <c>onError: NULL</c>: what is only null when something failed is marked.
    /// </summary>
    ReadOnlyMemory<byte> SemanticNonNullSdl { get; }
}

/// <summary>Prints the executor's schema once; a schema never changes.</summary>
internal sealed class SchemaText(IRequestExecutor executor) : ISchemaText
{
    private readonly Lazy<byte[]> _sdl = new(() => executor is RequestExecutor real
        ? Encoding.UTF8.GetBytes(SchemaPrinter.Print(real.Schema))
        : throw new InvalidOperationException(
            $"An executor that is not the engine's needs an {nameof(ISchemaText)} registered beside it."));

    private readonly Lazy<byte[]> _semantic = new(() => executor is RequestExecutor real
        ? Encoding.UTF8.GetBytes(SemanticNonNullSchema.Of(SchemaPrinter.Print(real.Schema)))
        : []);

    public ReadOnlyMemory<byte> Sdl => _sdl.Value;

    public ReadOnlyMemory<byte> SemanticNonNullSdl => _semantic.Value;
}
