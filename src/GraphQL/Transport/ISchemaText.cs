namespace Platform.GraphQL.Transport;

/// <summary>The schema's text for those who may read it; the executor's schema never changes, so it is printed once.</summary>
public interface ISchemaText
{
    ReadOnlyMemory<byte> Sdl { get; }
}
