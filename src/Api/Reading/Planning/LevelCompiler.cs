using Platform.Api.Reading.Declaring;
using Platform.Api.Reading.Rows;
using Platform.GraphQL.Execution.Compilation;
using Platform.GraphQL.TypeSystem;

namespace Platform.Api.Reading.Planning;

/// <summary>
/// From selections to levels: columns that are selected and no others, to-one edges as joins of the same statement, lists
/// as levels of their own. Fields the caller may not read become gaps, so that nothing of them is read.
/// </summary>
internal sealed class LevelCompiler(Func<FieldDefinition, bool> isDenied)
{
    /// <summary>A page of a table, for a connection or a segment.</summary>
    public Level Page(Selection field, ReadType type, ReadList list) =>
        Shaped(new Level(type, LevelKind.Page) { Field = field, List = list }, field);

    /// <summary>The rows of a type that keys name.</summary>
    public Level ByKey(SelectionSet set, ReadType type, ReadColumn key, LevelKind kind)
    {
        var level = new Level(type, kind) { KeyedBy = key };
        level.Programs.Add(Row(level, set));
        return level;
    }

    /// <summary>Groups of rows of a table, or of those that belong to a row above.</summary>
    public Level Groups(Selection field, ReadType type, ReadMany? via)
    {
        var level = Level.Groups(type, field, via);
        level.Programs.Add(Row(level, Only(field)));
        return level;
    }

    private Level Child(Selection field, ReadMany edge, ReadList list) =>
        Shaped(new Level(edge.Target, LevelKind.ChildPage) { Field = field, Via = edge, List = list }, field);

    private Level Shaped(Level level, Selection field)
    {
        var shape = new ConnectionShape();
        level.Shape = shape;
        foreach (var selection in Only(field).Selections)
        {
            var name = Name(selection, shape.Parts.Count == 0);
            var program = level.Programs.Count;
            switch (selection.Field.Name)
            {
                case "nodes" or "items":
                    level.Programs.Add(Row(level, Only(selection)));
                    shape.Parts.Add(new ConnectionPart(name, PartKind.Rows, selection, program));
                    break;
                case "edges":
                    level.Programs.Add(Edge(level, Only(selection)));
                    shape.Parts.Add(new ConnectionPart(name, PartKind.Rows, selection, program));
                    break;
                case "pageInfo":
                    shape.Parts.Add(new ConnectionPart(name, PartKind.PageFacts, selection, Program: -1));
                    Note(shape, Only(selection));
                    break;
                case "totalCount":
                    shape.Parts.Add(new ConnectionPart(name, PartKind.TotalCount, selection, Program: -1));
                    break;
                default:
                    shape.Parts.Add(new ConnectionPart(name, PartKind.TypeName, selection, Program: -1));
                    break;
            }
        }

        return level;
    }

    private static void Note(ConnectionShape shape, SelectionSet facts)
    {
        foreach (var selection in facts.Selections)
        {
            var isNeighbour = selection.Field.Name is "forwardCursors" or "backwardCursors";
            shape.WantsNeighbours |= isNeighbour;
            shape.WantsCursors |= isNeighbour || selection.Field.Name is "startCursor" or "endCursor";
        }
    }

    private RowProgram Row(Level level, SelectionSet set)
    {
        var gaps = new List<RowGap>();
        var steps = new StepList();
        Object(level, set, level.Type, at: null, steps, gaps);
        return new RowProgram(steps.Finish(), gaps);
    }

    private RowProgram Edge(Level level, SelectionSet set)
    {
        var gaps = new List<RowGap>();
        var steps = new StepList();
        steps.Fixed("{"u8);
        var isFirst = true;
        foreach (var selection in set.Selections)
        {
            steps.Name(selection, isFirst);
            isFirst = false;
            switch (selection.Field.Name)
            {
                case "cursor":
                    level.Shape!.WantsCursors = true;
                    steps.Add(before => new CursorStep(before));
                    break;
                case "node":
                    Object(level, Only(selection), level.Type, at: null, steps, gaps);
                    break;
            }
        }

        steps.Fixed("}"u8);
        return new RowProgram(steps.Finish(), gaps);
    }

    private void Object(Level level, SelectionSet set, ReadType type, Join? at, StepList steps, List<RowGap> gaps)
    {
        steps.Fixed("{"u8);
        var isFirst = true;
        foreach (var selection in set.Selections)
        {
            steps.Name(selection, isFirst);
            isFirst = false;
            Field(level, selection, type, at, steps, gaps);
        }

        steps.Fixed("}"u8);
    }

    private void Field(Level level, Selection selection, ReadType type, Join? at, StepList steps, List<RowGap> gaps)
    {
        var field = ReadField.Of(selection.Field);
        if (field is null)
        {
            // __typename: its value stands behind its name already.
            return;
        }

        if (isDenied(selection.Field))
        {
            Gap(new DeniedGap(selection), steps, gaps);
            return;
        }

        switch (field)
        {
            case ReadField.Column { Value: var column }:
                var ordinal = level.Use(at, column);
                steps.Add(before => column.IsNullable
                    ? new NullableColumnStep(before, ordinal, column.Writer)
                    : new ColumnStep(before, ordinal, column.Writer));
                break;
            case ReadField.One { Edge: var edge }:
                One(level, selection, edge, at, steps, gaps);
                break;
            case ReadField.Many { Edge: var edge, List: var list }:
                Gap(new ChildGap(selection, Child(selection, edge, list), level.Capture(at, type.Key[0])), steps, gaps);
                break;
            case ReadField.Aggregate { Edge: var edge }:
                Gap(new ChildGap(selection, Groups(selection, edge.Target, edge), level.Capture(at, type.Key[0])), steps, gaps);
                break;
            case ReadField.Part:
                Object(level, Only(selection), type, at, steps, gaps);
                break;
            case ReadField.Computed { Computation: var computed }:
                Gap(new ComputedGap(selection, [.. computed.Needs.Select(need => level.Use(at, need))]), steps, gaps);
                break;
        }
    }

    private void One(Level level, Selection selection, ReadOne edge, Join? at, StepList steps, List<RowGap> gaps)
    {
        var join = level.Follow(at, edge);
        var marker = level.Use(join, edge.Target.Key[0]);
        var inner = new StepList();
        var first = gaps.Count;
        Object(level, Only(selection), edge.Target, join, inner, gaps);
        var written = inner.Finish();
        var range = first..gaps.Count;
        steps.Add(before => new OneStep(before, marker, written, range));
    }

    private static void Gap(RowGap gap, StepList steps, List<RowGap> gaps)
    {
        var index = gaps.Count;
        gaps.Add(gap);
        steps.Add(before => new GapStep(before, index));
    }

    internal static SelectionSet Only(Selection selection) =>
        selection.Children!.For(selection.Children.PossibleTypes[0]);

    internal static byte[] Name(Selection selection, bool isFirst) =>
        isFirst ? selection.JsonName.ToArray() : [(byte)',', .. selection.JsonName];
}
