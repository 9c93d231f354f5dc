using Platform.GraphQL.Execution.Compilation;
using Platform.GraphQL.Response;

namespace Platform.Api.Reading.Running;

/// <summary>Writes <c>pageInfo</c>: what lies before and after a page, and how to get there.</summary>
internal readonly struct PageFacts(LevelRun run, int group)
{
    private const int MostNeighbours = 5;

    private RowGroup Rows => run.Group(group);

    private bool HasNext => run.Page!.IsReversed ? run.Page.Before is not null : Rows.HasMore;

    private bool HasPrevious => run.Page!.IsReversed ? Rows.HasMore : run.Page.After is not null || run.Page.Skip > 0;

    private object?[]? FirstRow => run.Page!.IsReversed ? Rows.Last : Rows.First;

    private object?[]? LastRow => run.Page!.IsReversed ? Rows.First : Rows.Last;

    public void Write(SelectionSet facts, JsonWriter json)
    {
        json.WriteRaw((byte)'{');
        var isFirst = true;
        foreach (var selection in facts.Selections)
        {
            json.WriteRaw(isFirst ? ""u8 : ","u8);
            isFirst = false;
            json.WriteRaw(selection.JsonName);
            Write(selection, json);
        }

        json.WriteRaw((byte)'}');
    }

    private void Write(Selection selection, JsonWriter json)
    {
        switch (selection.Field.Name)
        {
            case "hasNextPage":
                json.WriteBoolean(HasNext);
                break;
            case "hasPreviousPage":
                json.WriteBoolean(HasPrevious);
                break;
            case "startCursor":
                Cursor(FirstRow, pages: 0, json);
                break;
            case "endCursor":
                Cursor(LastRow, pages: 0, json);
                break;
            case "forwardCursors":
                Neighbours(selection, isForward: true, json);
                break;
            case "backwardCursors":
                Neighbours(selection, isForward: false, json);
                break;
        }
    }

    private void Cursor(object?[]? row, int pages, JsonWriter json)
    {
        if (row is null)
        {
            json.WriteNull();
        }
        else
        {
            json.WriteString(run.Cursor(row, pages));
        }
    }

    /// <summary>Cursors of up to five pages on one side; following the first of them leads to the very next page.</summary>
    private void Neighbours(Selection selection, bool isForward, JsonWriter json)
    {
        json.WriteRaw((byte)'[');
        var edge = isForward ? LastRow : FirstRow;
        if (edge is not null && run.Page!.Size > 0)
        {
            var size = run.Page.Size;
            var before = run.RowsBefore(group);
            var number = (int)((before + size - 1) / size) + 1;
            var pages = isForward
                ? (int)((run.Total(group) - before - Rows.Count + size - 1) / size)
                : number - 1;
            var count = Math.Min(MostNeighbours, pages);
            for (var i = 0; i < count; i++)
            {
                json.WriteRaw(i == 0 ? ""u8 : ","u8);
                var skip = isForward ? i : count - 1 - i;
                Neighbour(selection, isForward ? number + 1 + skip : number - 1 - skip, run.Cursor(edge, skip), json);
            }
        }

        json.WriteRaw((byte)']');
    }

    private static void Neighbour(Selection selection, int page, string cursor, JsonWriter json)
    {
        json.WriteRaw((byte)'{');
        var isFirst = true;
        foreach (var field in Planning.LevelCompiler.Only(selection).Selections)
        {
            json.WriteRaw(isFirst ? ""u8 : ","u8);
            isFirst = false;
            json.WriteRaw(field.JsonName);
            switch (field.Field.Name)
            {
                case "page":
                    json.WriteNumber(page);
                    break;
                case "cursor":
                    json.WriteString(cursor);
                    break;
            }
        }

        json.WriteRaw((byte)'}');
    }
}
