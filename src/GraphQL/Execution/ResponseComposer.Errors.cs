using Platform.GraphQL.Execution.Compilation;
using Platform.GraphQL.Response;

namespace Platform.GraphQL.Execution;

/// <summary>§6.4.4 Handling Execution Errors.</summary>
internal sealed partial class ResponseComposer
{
    private Selection? _planned;

    public override void Enter(string responseName) => _path.Push(responseName);

    public override void Enter(int index)
    {
        if (!_path.IsAtIndex)
        {
            _path.PushIndex();
        }

        _path.SetIndex(index);
    }

    public override void Leave() => _path.Pop();

    public override void Report(GraphQLError error) => Report(_planned!, [error]);

    public override bool WriteNull(Selection field, int depth) => WriteNull(field, ShapeAt(field, depth));

    public override bool Fail(Selection field, int depth, GraphQLError error) => Fail(field, ShapeAt(field, depth), [error]);

    private static ValueShape ShapeAt(Selection field, int depth)
    {
        var shape = field.Shape;
        for (; depth > 0; depth--)
        {
            shape = shape.Item ?? throw new ArgumentOutOfRangeException(nameof(depth), $"{field.Coordinate} has fewer lists.");
        }

        return shape;
    }

    private static bool IsFieldError(Exception exception) =>
        exception is not (ResponseTooLargeException or HaltedException or OperationCanceledException);

    private static GraphQLError NotAList(Selection field) =>
        new($"Expected Iterable, but did not find one for field \"{field.Coordinate}\".")
        {
            Code = ErrorCodes.UnexpectedError,
        };

    /// <summary>The place has no value. Where the type forbids that, it is an error and the parent's null.</summary>
    private bool WriteNull(Selection field, ValueShape shape)
    {
        if (shape.IsNonNull)
        {
            Report(field, [new GraphQLError($"Cannot return null for non-nullable field {field.Coordinate}.")
            {
                Code = ErrorCodes.NonNullViolation,
            }]);
        }

        return WriteNullAsReported(shape);
    }

    private bool Fail(Selection field, ValueShape shape, IReadOnlyList<GraphQLError> errors)
    {
        Report(field, errors);
        return WriteNullAsReported(shape);
    }

    private Place Here() => new(Json.Position, _execution.Pending.Count);

    /// <summary>Erases what was written since, and with it the promise of its later parts.</summary>
    private void GoBack(Place place)
    {
        Json.Rewind(place.Written);
        _execution.Pending.RemoveRange(place.Pending, _execution.Pending.Count - place.Pending);
    }

    private bool PropagateFrom(Place start, ValueShape shape)
    {
        GoBack(start);
        return WriteNullAsReported(shape);
    }

    private bool WriteNullAsReported(ValueShape shape)
    {
        if (shape.IsNonNull && _onError != ErrorHandling.Null)
        {
            return false;
        }

        Json.WriteNull();
        return true;
    }

    private void Report(Selection field, IReadOnlyList<GraphQLError> errors)
    {
        foreach (var error in errors)
        {
            _execution.Report(error with
            {
                Path = error.Path ?? _path.ToPath(),
                Locations = error.Locations.Count > 0 ? error.Locations : field.Locations,
            });
        }

        if (_onError == ErrorHandling.Halt)
        {
            throw new HaltedException();
        }
    }

    private readonly record struct Place(JsonWriter.Mark Written, int Pending);
}

/// <summary>onError: HALT. Unwinds the writer after the first error; data is null.</summary>
internal sealed class HaltedException : Exception;
