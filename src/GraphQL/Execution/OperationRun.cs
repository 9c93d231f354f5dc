using Platform.GraphQL.Execution.Compilation;
using Platform.GraphQL.Response;

namespace Platform.GraphQL.Execution;

/// <summary>§6.2 Executing Operations: first pass, second pass, and the object around both.</summary>
internal static class OperationRun
{
    public static OperationResult Write(OperationExecution execution, SelectionSet root, Frame? frame)
    {
        var json = new JsonWriter(execution.Options.Limits.MaxResponseBytes);
        try
        {
            json.WriteRaw("{\"data\":"u8);
            var hasValue = WriteData(execution, json, new PathStack(), root, frame, parent: null);
            return Complete(execution, json, hasValue);
        }
        catch
        {
            json.Dispose();
            throw;
        }
    }

    /// <summary>Writes a selection set's object, or the null that remains of it.</summary>
    public static bool WriteData(
        OperationExecution execution, JsonWriter json, PathStack path, SelectionSet set, Frame? frame, object? parent) =>
        WriteRow(execution, json, path, set, frame, parent, row: 0);

    public static bool WriteRow(
        OperationExecution execution, JsonWriter json, PathStack path, SelectionSet set, Frame frame, int row) =>
        WriteRow(execution, json, path, set, frame, frame.Parents[row], row);

    private static bool WriteRow(
        OperationExecution execution,
        JsonWriter json,
        PathStack path,
        SelectionSet set,
        Frame? frame,
        object? parent,
        int row)
    {
        var start = json.Position;
        try
        {
            if (new ResponseComposer(execution, json, path).WriteObject(set, parent, frame, row))
            {
                return true;
            }
        }
        catch (HaltedException)
        {
            // The error is listed; nothing else is to be told.
        }

        // What is null has no parts that could follow.
        execution.Pending.Clear();
        json.Rewind(start);
        json.WriteNull();
        return false;
    }

    public static OperationResult Complete(OperationExecution execution, JsonWriter json, bool hasValue)
    {
        WriteExtensions(execution, json);
        json.WriteRaw((byte)'}');
        return new OperationResult(WithErrors(execution.Errors, json))
        {
            HasData = true,
            HasValue = hasValue,
            HasErrors = execution.Errors.Count > 0,
        };
    }

    public static void WriteExtensions(OperationExecution execution, JsonWriter json)
    {
        if (execution.Extensions is { Count: > 0 } extensions)
        {
            json.WriteRaw(",\"extensions\":"u8);
            ErrorWriter.WriteMap(json, extensions);
        }
    }

    /// <summary>§7.1: errors come first, so that nobody overlooks them. They are known last, and put before the rest.</summary>
    public static JsonWriter WithErrors(IReadOnlyList<GraphQLError> errors, JsonWriter json)
    {
        if (errors.Count == 0)
        {
            return json;
        }

        var head = new JsonWriter(long.MaxValue);
        head.WriteRaw((byte)'{');
        ErrorWriter.WriteErrors(head, errors);
        head.WriteRaw((byte)',');
        head.Take(json, skip: 1);
        return head;
    }
}
