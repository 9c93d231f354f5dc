using System.Collections;
using Platform.GraphQL.Execution.Compilation;
using Platform.GraphQL.Execution.Incremental;
using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.Response;

namespace Platform.GraphQL.Execution;

/// <summary>
/// The second pass: writes the response depth-first. Fields that read their parent are read here; the others are taken
/// from their columns. Errors are made here too, and so come in the order of the response. §6.4.3 Value Completion,
/// §6.4.4 Handling Execution Errors: every method that writes a place answers whether the place could keep its value;
/// false hands a null to the parent, and whatever was written for the place is erased.
/// </summary>
internal sealed partial class ResponseComposer : SubtreeWriter
{
    private readonly OperationExecution _execution;
    private readonly ErrorHandling _onError;
    private readonly PathStack _path;

    public ResponseComposer(OperationExecution execution, JsonWriter json, PathStack path)
        : base(json)
    {
        _execution = execution;
        _onError = execution.OnError;
        _path = path;
    }

    public bool WriteObject(SelectionSet set, object? parent, Frame? frame, int row)
    {
        Json.WriteRaw((byte)'{');
        var fields = set.Fields;
        for (var i = 0; i < fields.Length; i++)
        {
            var field = fields[i];
            Json.WriteRaw(i == 0 ? field.FirstName : field.NextName);
            var isKept = field.Form switch
            {
                SelectionForm.Constant => true,
                SelectionForm.Leaf => WriteLeaf(field, parent!),
                SelectionForm.Pure => WritePure(field, parent!),
                SelectionForm.Stored => WriteStored(field, frame!, row),
            };
            if (!isKept)
            {
                return false;
            }
        }

        Json.WriteRaw((byte)'}');
        if (set.Deferred.Length > 0)
        {
            Postpone(set, parent);
        }

        return true;
    }

    /// <summary>A column's value for one row, where the path already names the place.</summary>
    public bool WriteColumn(Column column, int row)
    {
        if (column.Planned is { } planned)
        {
            return WritePlanned(column.Selection, planned, row);
        }

        var cursor = new ItemCursor(column, column.Starts.Length == 0 ? 0 : column.Starts[row]);
        return WriteValue(column.Selection, column.Selection.Shape, column.Values[row], ref cursor);
    }

    /// <summary>The elements of a streamed list that come after the first response.</summary>
    public bool WriteRest(Column column, int from)
    {
        var elements = ((DividedList)column.Values[0]!).Initial;
        var cursor = new ItemCursor(column, 0);
        Json.WriteRaw((byte)'[');
        _path.PushIndex();
        if (!WriteElements(column.Selection, column.Selection.Shape.Item!, elements, from, ref cursor))
        {
            return false;
        }

        _path.Pop();
        Json.WriteRaw((byte)']');
        return true;
    }

    private bool WriteLeaf(Selection field, object parent)
    {
        var start = Json.Position;
        try
        {
            if (field.Leaf!.TryWrite(parent, Json))
            {
                return true;
            }
        }
        catch (Exception exception) when (IsFieldError(exception))
        {
            Json.Rewind(start);
            return FailAt(field, exception);
        }

        if (!field.Shape.IsNonNull)
        {
            Json.WriteNull();
            return true;
        }

        _path.Push(field.ResponseName);
        var isKept = WriteNull(field, field.Shape);
        _path.Pop();
        return isKept;
    }

    private bool FailAt(Selection field, Exception exception)
    {
        _path.Push(field.ResponseName);
        var isKept = Fail(field, field.Shape, _execution.FailureOf(exception, field).Errors);
        _path.Pop();
        return isKept;
    }

    private bool WritePure(Selection field, object parent)
    {
        object? value;
        try
        {
            value = ((PureResolver)field.Resolver!).Resolve(parent);
        }
        catch (Exception exception) when (IsFieldError(exception))
        {
            return FailAt(field, exception);
        }

        _path.Push(field.ResponseName);
        var cursor = default(ItemCursor);
        var isKept = WriteValue(field, field.Shape, value, ref cursor);
        _path.Pop();
        return isKept;
    }

    private bool WriteStored(Selection field, Frame frame, int row)
    {
        _path.Push(field.ResponseName);
        var isKept = WriteColumn(frame.Columns[field.Column], row);
        _path.Pop();
        return isKept;
    }

    private bool WriteValue(Selection field, ValueShape shape, object? value, ref ItemCursor cursor)
    {
        switch (value)
        {
            case null:
                return WriteNull(field, shape);
            case FieldFailure failure:
                return Fail(field, shape, failure.Errors);
            case PartialValue partial:
                Report(field, partial.Errors);
                return WriteValue(field, shape, partial.Value, ref cursor);
            case DividedList divided:
                return WriteList(field, shape, divided.Initial, divided, ref cursor);
        }

        if (shape.Item is not null)
        {
            return WriteList(field, shape, value, ref cursor);
        }

        var start = Here();
        if (field.Children is null)
        {
            try
            {
                field.LeafWriter!.Write(Json, value);
                return true;
            }
            catch (Exception exception) when (IsFieldError(exception))
            {
                GoBack(start);
                return Fail(field, shape, _execution.FailureOf(exception, field).Errors);
            }
        }

        var place = cursor.HasFrames ? cursor.Next() : default;
        if (place.Frame is { } frame)
        {
            return WriteObject(frame.Set, value, frame, place.Row) || PropagateFrom(start, shape);
        }

        SelectionSet? set;
        try
        {
            set = field.Children.Find(value);
        }
        catch (Exception exception) when (IsFieldError(exception))
        {
            return Fail(field, shape, _execution.FailureOf(exception, field).Errors);
        }

        return set is null
            ? Fail(field, shape, [field.Children.UnknownType(value)])
            : WriteObject(set, value, frame: null, row: 0) || PropagateFrom(start, shape);
    }

    private bool WriteList(Selection field, ValueShape shape, object value, ref ItemCursor cursor)
    {
        if (value is string or not IEnumerable)
        {
            return Fail(field, shape, [NotAList(field)]);
        }

        if (field.Stream is null || !ReferenceEquals(shape, field.Shape))
        {
            return WriteList(field, shape, value, divided: null, ref cursor);
        }

        var list = Divide(field, value);
        return WriteList(field, shape, list.Initial, list, ref cursor);
    }

    private bool WriteList(Selection field, ValueShape shape, object value, DividedList? divided, ref ItemCursor cursor)
    {
        var start = Here();
        var firstItem = cursor.Position;
        var depth = _path.Depth;
        Json.WriteRaw((byte)'[');
        _path.PushIndex();
        bool isKept;
        try
        {
            isKept = value is IList list
                ? WriteElements(field, shape.Item!, list, from: 0, ref cursor)
                : WriteElements(field, shape.Item!, (IEnumerable)value, ref cursor);
        }
        catch (Exception exception) when (IsFieldError(exception))
        {
            _path.Truncate(depth);
            GoBack(start);
            return Fail(field, shape, _execution.FailureOf(exception, field).Errors);
        }

        _path.Truncate(depth);
        if (isKept)
        {
            Json.WriteRaw((byte)']');
            if (divided is not null)
            {
                Postpone(field, divided);
            }

            return true;
        }

        if (cursor.HasFrames)
        {
            // The elements that were not written have their frames all the same.
            cursor.Position = firstItem + ItemFlattening.Count(value, shape);
        }

        return PropagateFrom(start, shape);
    }

    private bool WriteElements(Selection field, ValueShape item, IList list, int from, ref ItemCursor cursor)
    {
        var count = list.Count;
        for (var i = 0; i < count; i++)
        {
            if (i > 0)
            {
                Json.WriteRaw((byte)',');
            }

            _path.SetIndex(from + i);
            if (!WriteValue(field, item, list[i], ref cursor))
            {
                return false;
            }
        }

        return true;
    }

    private bool WriteElements(Selection field, ValueShape item, IEnumerable elements, ref ItemCursor cursor)
    {
        var i = 0;
        foreach (var element in elements)
        {
            if (i > 0)
            {
                Json.WriteRaw((byte)',');
            }

            _path.SetIndex(i++);
            if (!WriteValue(field, item, element, ref cursor))
            {
                return false;
            }
        }

        return true;
    }

    private bool WritePlanned(Selection field, PlannedSubtree planned, int row)
    {
        var start = Here();
        var depth = _path.Depth;
        var errors = _execution.ErrorCount;
        var outer = _planned;
        _planned = field;
        try
        {
            if (planned.Write(row, this))
            {
                return true;
            }
        }
        catch (Exception exception) when (IsFieldError(exception))
        {
            _path.Truncate(depth);
            GoBack(start);
            return Fail(field, field.Shape, _execution.FailureOf(exception, field).Errors);
        }
        finally
        {
            _path.Truncate(depth);
            _planned = outer;
        }

        GoBack(start);
        return errors == _execution.ErrorCount ? WriteNull(field, field.Shape) : PropagateFrom(start, field.Shape);
    }
}
