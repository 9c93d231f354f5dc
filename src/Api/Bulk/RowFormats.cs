using System.Buffers;
using System.Text;
using System.Text.Json;
using Platform.Domain.Bulk;
using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;

namespace Platform.Api.Bulk;

/// <summary>Writes rows as lines.</summary>
internal abstract class RowFormat
{
    public static RowFormat Of(ExportFormat format, ExportDocument document) => format switch
    {
        ExportFormat.JsonLines => new JsonLines(),
        ExportFormat.Csv => new CommaSeparated(document),
    };

    /// <summary>What stands before the first row.</summary>
    public virtual void Begin(IBufferWriter<byte> output)
    {
    }

    public abstract void Write(IBufferWriter<byte> output, JsonElement row);

    private sealed class JsonLines : RowFormat
    {
        public override void Write(IBufferWriter<byte> output, JsonElement row)
        {
            Encoding.UTF8.GetBytes(row.GetRawText(), output);
            output.Write("\n"u8);
        }
    }

    /// <summary>
    /// RFC 4180. Objects become columns by their path, lists stay JSON in their cell. A text that a spreadsheet would run as
    /// a formula is kept from it by an apostrophe. Null is an empty cell, the empty text a pair of quotes.
    /// </summary>
    private sealed class CommaSeparated : RowFormat
    {
        private readonly List<string[]> _columns = [];

        public CommaSeparated(ExportDocument document)
        {
            Add(document.Row, document.RowType, [], document);
        }

        public override void Begin(IBufferWriter<byte> output) => Line(output, _columns.Select(path => string.Join('.', path)));

        public override void Write(IBufferWriter<byte> output, JsonElement row) => Line(output, _columns.Select(path => Cell(row, path)));

        private void Add(SelectionSetNode selected, CompositeType type, string[] path, ExportDocument document)
        {
            foreach (var selection in selected.Selections)
            {
                switch (selection)
                {
                    case FieldNode field:
                        AddField(field, type, [.. path, field.ResponseName], document);
                        break;
                    case InlineFragmentNode fragment:
                        Add(fragment.SelectionSet, type, path, document);
                        break;
                    case FragmentSpreadNode spread:
                        Add(document.Fragments[spread.Name.Value].SelectionSet, type, path, document);
                        break;
                }
            }
        }

        private void AddField(FieldNode field, CompositeType type, string[] path, ExportDocument document)
        {
            // On an interface or union the objects differ; their parts stay JSON.
            var definition = (type as ComplexType)?.Fields.Find(field.Name.Value);
            var isObject = definition is { Type.Named: ObjectType } && !IsList(definition.Type);
            if (isObject)
            {
                Add(field.SelectionSet!, (CompositeType)definition!.Type.Named, path, document);
            }
            else if (!_columns.Exists(known => known.SequenceEqual(path, StringComparer.Ordinal)))
            {
                _columns.Add(path);
            }
        }

        private static bool IsList(GraphQLType type) => type is ListType || (type is NonNullType nonNull && IsList(nonNull.Inner));

        private static string? Cell(JsonElement row, string[] path)
        {
            var value = row;
            foreach (var name in path)
            {
                if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value))
                {
                    return null;
                }
            }

            return value.ValueKind switch
            {
                JsonValueKind.Null => null,
                JsonValueKind.String => SpreadsheetTexts.Guard(value.GetString()!),
                JsonValueKind.True => "true",
                JsonValueKind.False => "false",
                _ => value.GetRawText(),
            };
        }

        private static void Line(IBufferWriter<byte> output, IEnumerable<string?> cells)
        {
            var line = string.Join(',', cells.Select(cell =>
                cell?.Length == 0 || cell.AsSpan().ContainsAny(",\"\r\n") ? $"\"{cell!.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell));
            Encoding.UTF8.GetBytes(line, output);
            output.Write("\r\n"u8);
        }
    }
}
