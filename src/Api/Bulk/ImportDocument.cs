using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;

namespace Platform.Api.Bulk;

/// <summary>A mutation as something that is run once per line. What it refuses is asked for beside what the document selects.</summary>
internal sealed class ImportDocument
{
    public const string Errors = "bulkErrors";

    private ImportDocument(SingleRoot root, ReadOnlyMemory<byte> text, InputObjectType? input, string? variable, IReadOnlyDictionary<string, GraphQLType> variables)
    {
        Root = root.Field.ResponseName;
        Text = text;
        Input = input;
        Variable = variable;
        Variables = variables;
    }

    /// <summary>The root field's name in the response.</summary>
    public string Root { get; }

    public ReadOnlyMemory<byte> Text { get; }

    /// <summary>The type of the input, where a variable gives it whole.</summary>
    public InputObjectType? Input { get; }

    /// <summary>The variable that gives the input whole; null when the document puts the input together itself.</summary>
    public string? Variable { get; }

    /// <summary>Everything that a line may give.</summary>
    public IReadOnlyDictionary<string, GraphQLType> Variables { get; }

    /// <summary>What the cells of a line are; null where each line is a JSON object.</summary>
    public CellColumns? Cells { get; private set; }

    /// <summary>The document for the lines of a file, which has columns or none.</summary>
    public ImportDocument For(IReadOnlyList<string>? columns)
    {
        Cells = columns is null ? null : CellColumns.Of(this, columns);
        return this;
    }

    public static ImportDocument Of(Schema schema, string text)
    {
        var root = SingleRoot.Of(schema, text, OperationType.Mutation);
        if (root.Definition.Type.Named is not ObjectType payload
            || payload.Fields.Find("errors") is not { Type.Named: UnionType union }
            || root.Field.SelectionSet is null)
        {
            throw new UnusableDocument($"`{root.Definition.Name}` answers with no payload and no errors.");
        }

        var ofField = union.PossibleTypes.Any(type => type.Name == "InvalidFieldError") ? "... on InvalidFieldError { field }" : "";
        var asked = SingleRoot.Copy(
            root.Field,
            root.Field.Arguments,
            SingleRoot.Selections($"{{ {Errors}: errors {{ __typename ... on Error {{ code message }} {ofField} }} }}"));
        var argument = root.Field.Arguments.FirstOrDefault(one => one.Name.Value == "input");
        return new ImportDocument(
            root,
            root.With(asked),
            root.Definition.Arguments.Find("input")?.Type.Named as InputObjectType,
            (argument?.Value as VariableNode)?.Name.Value,
            root.Operation.VariableDefinitions.ToDictionary(
                one => one.Variable.Name.Value, one => schema.FindType(one.Type)!, StringComparer.Ordinal));
    }
}
