using System.Text;
using Npgsql;
using Platform.Api.Reading.Planning;
using Platform.GraphQL.Execution.Compilation;
using Platform.GraphQL.Response;

namespace Platform.Api.Reading.Rows;

/// <summary>
/// What is written of one row: names and braces as bytes, values straight from the driver, and gaps where something comes
/// in that another statement or a resolver answers.
/// </summary>
internal sealed class RowProgram(IReadOnlyList<RowStep> steps, IReadOnlyList<RowGap> gaps)
{
    public IReadOnlyList<RowGap> Gaps { get; } = gaps;

    public void Write(RowSink sink)
    {
        foreach (var step in steps)
        {
            step.Write(sink);
        }
    }
}

/// <summary>Where rows are written while they are read.</summary>
internal sealed class RowSink(NpgsqlDataReader row, JsonWriter json, int gaps)
{
    public NpgsqlDataReader Row { get; } = row;

    public JsonWriter Json { get; } = json;

    /// <summary>For each gap how many bytes stand before it; -1 where an object around it is null.</summary>
    public int[] GapsAt { get; } = new int[gaps];

    /// <summary>Makes the cursor of the current row, for edges.</summary>
    public required Func<string> Cursor { get; init; }
}

internal abstract class RowStep
{
    public abstract void Write(RowSink sink);
}

/// <summary>Names, braces, commas, and values that are the same in every row.</summary>
internal sealed class FixedStep(byte[] utf8) : RowStep
{
    public override void Write(RowSink sink) => sink.Json.WriteRaw(utf8);
}

internal sealed class ColumnStep(byte[] before, int ordinal, ColumnWriter writer) : RowStep
{
    public override void Write(RowSink sink)
    {
        sink.Json.WriteRaw(before);
        writer.Write(sink.Row, ordinal, sink.Json);
    }
}

internal sealed class NullableColumnStep(byte[] before, int ordinal, ColumnWriter writer) : RowStep
{
    public override void Write(RowSink sink)
    {
        sink.Json.WriteRaw(before);
        if (sink.Row.IsDBNull(ordinal))
        {
            sink.Json.WriteNull();
        }
        else
        {
            writer.Write(sink.Row, ordinal, sink.Json);
        }
    }
}

/// <summary>A joined row, or null where there is none.</summary>
internal sealed class OneStep(byte[] before, int marker, RowStep[] steps, Range gaps) : RowStep
{
    public override void Write(RowSink sink)
    {
        sink.Json.WriteRaw(before);
        if (sink.Row.IsDBNull(marker))
        {
            sink.Json.WriteNull();
            sink.GapsAt.AsSpan(gaps).Fill(-1);
            return;
        }

        foreach (var step in steps)
        {
            step.Write(sink);
        }
    }
}

internal sealed class GapStep(byte[] before, int gap) : RowStep
{
    public override void Write(RowSink sink)
    {
        sink.Json.WriteRaw(before);
        sink.GapsAt[gap] = (int)sink.Json.Length;
    }
}

internal sealed class CursorStep(byte[] before) : RowStep
{
    public override void Write(RowSink sink)
    {
        sink.Json.WriteRaw(before);
        sink.Json.WriteString(sink.Cursor());
    }
}

/// <summary>Collects steps; what is fixed becomes one piece with what stands before it.</summary>
internal sealed class StepList
{
    private readonly List<byte> _before = [];
    private readonly List<RowStep> _steps = [];

    public void Fixed(ReadOnlySpan<byte> utf8) => _before.AddRange(utf8);

    public void Fixed(string text) => _before.AddRange(Encoding.UTF8.GetBytes(text));

    /// <summary>A name with its colon, and the comma before it unless it is the first.</summary>
    public void Name(Selection selection, bool isFirst)
    {
        if (!isFirst)
        {
            Fixed(","u8);
        }

        Fixed(selection.JsonName);
    }

    public void Add(Func<byte[], RowStep> step)
    {
        _steps.Add(step([.. _before]));
        _before.Clear();
    }

    public RowStep[] Finish()
    {
        if (_before.Count > 0)
        {
            Add(before => new FixedStep(before));
        }

        return [.. _steps];
    }
}
