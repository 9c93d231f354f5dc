using System.Text.Json;
using Platform.Domain.Bulk;
using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;
using Platform.GraphQL.Validation;

namespace Platform.Api.Bulk;

/// <summary>Says at once, and not an hour later, that a document cannot be run by a job.</summary>
internal sealed class BulkDocuments(Lazy<Schema> schema) : IBulkDocuments
{
    public string? FaultOfExport(string document, string? variables)
    {
        try
        {
            _ = ExportDocument.Of(schema.Value, document);
            return variables is null || IsObject(variables) ? null : "The variables are no JSON object.";
        }
        catch (UnusableDocument fault)
        {
            return fault.Message;
        }
    }

    public string? FaultOfImport(string document)
    {
        try
        {
            _ = ImportDocument.Of(schema.Value, document);
            return null;
        }
        catch (UnusableDocument fault)
        {
            return fault.Message;
        }
    }

    public string? FaultOfColumns(string document, IReadOnlyList<string> columns)
    {
        try
        {
            return CellColumns.Of(ImportDocument.Of(schema.Value, document), columns).Fault;
        }
        catch (UnusableDocument fault)
        {
            return fault.Message;
        }
    }

    private static bool IsObject(string json)
    {
        try
        {
            using var parsed = JsonDocument.Parse(json);
            return parsed.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

/// <summary>Why no job can run a document.</summary>
internal sealed class UnusableDocument(string message) : Exception(message);

/// <summary>A valid document with one operation of one kind, and that with one root field.</summary>
internal sealed record SingleRoot(DocumentNode Document, OperationDefinitionNode Operation, FieldNode Field, FieldDefinition Definition)
{
    public static SingleRoot Of(Schema schema, string text, OperationType kind)
    {
        DocumentNode document;
        try
        {
            document = GraphQLDocument.Parse(text);
        }
        catch (SyntaxException fault)
        {
            throw new UnusableDocument($"The document has an error: {fault.Message}");
        }

        if (DocumentValidator.Validate(schema, document, ValidationOptions.Unbounded) is [var error, ..])
        {
            throw new UnusableDocument(error.Message);
        }

        var word = kind.ToString().ToLowerInvariant();
        if (document.Definitions.OfType<OperationDefinitionNode>().ToList() is not [var operation] || operation.Operation != kind)
        {
            throw new UnusableDocument($"The document must hold one operation, a {word}.");
        }

        if (operation.SelectionSet.Selections is not [FieldNode { Directives.IsEmpty: true } field]
            || schema.RootType(kind)!.Fields.Find(field.Name.Value) is not { } definition)
        {
            throw new UnusableDocument($"The {word} must have one root field, written directly and without directives.");
        }

        return new SingleRoot(document, operation, field, definition);
    }

    /// <summary>The document with another root field, and more variables.</summary>
    public ReadOnlyMemory<byte> With(FieldNode field, params IEnumerable<VariableDefinitionNode> variables)
    {
        var operation = new OperationDefinitionNode(Operation.Operation, Operation.Name, new SelectionSetNode([field]))
        {
            VariableDefinitions = [.. Operation.VariableDefinitions, .. variables],
        };
        var definitions = Document.Definitions.Select(definition => definition == Operation ? operation : definition);
        return System.Text.Encoding.UTF8.GetBytes(new DocumentNode([.. definitions]).ToString());
    }

    public static FieldNode Copy(FieldNode field, IEnumerable<ArgumentNode> arguments, IEnumerable<SelectionNode> more) =>
        new(field.Name)
        {
            Alias = field.Alias,
            Arguments = [.. arguments],
            SelectionSet = new SelectionSetNode([.. field.SelectionSet!.Selections, .. more]),
        };

    public static VariableDefinitionNode Variable(string name, string type) =>
        new(new VariableNode(new NameNode(name)), GraphQLDocument.ParseType(type), defaultValue: null);

    public static ArgumentNode Argument(string name, string variable) =>
        new(new NameNode(name), new VariableNode(new NameNode(variable)));

    /// <summary>Selections as written, such as <c>{ a b { c } }</c>.</summary>
    public static IEnumerable<SelectionNode> Selections(string text) =>
        ((OperationDefinitionNode)GraphQLDocument.Parse(text).Definitions[0]).SelectionSet.Selections;
}
