using System.Text.Json;
using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.Language;
using Platform.GraphQL.Limits;
using Platform.GraphQL.TypeSystem;
using Platform.GraphQL.Validation;

namespace Platform.GraphQL.Execution;

/// <summary>A variable an operation declares, its type found and its default coerced.</summary>
internal sealed record VariableSlot(string Name, GraphQLType Type, bool HasDefault, object? Default, SourceLocation Location);

/// <summary>
/// §6.1.2 Coercing Variable Values. Values come as JSON and go straight into runtime values. A request with a wrong
/// variable does not run; messages say what graphql-js says.
/// </summary>
internal sealed class VariableCoercion(GraphQLLimits limits, bool mayReadSchema)
{
    private readonly List<GraphQLError> _errors = [];
    private VariableSlot _slot = null!;
    private readonly List<object> _path = [];
    private JsonElement[] _sorted = new JsonElement[64];
    private int _sortedTo;

    /// <summary>The values, or null and errors.</summary>
    public static VariableValues? Coerce(
        VariableSlot[] slots,
        JsonElement given,
        GraphQLLimits limits,
        OperationType kind,
        bool mayReadSchema,
        out IReadOnlyList<GraphQLError> errors)
    {
        errors = [];
        if (VariableLimits.Check(given, limits, kind) is { } refused)
        {
            errors = [refused];
            return null;
        }

        if (slots.Length == 0)
        {
            return VariableValues.None;
        }

        var coercion = new VariableCoercion(limits, mayReadSchema);
        var values = new object?[slots.Length];
        for (var i = 0; i < values.Length && coercion.MayGoOn; i++)
        {
            values[i] = coercion.CoerceText(slots[i], given);
        }

        errors = coercion._errors;
        return errors.Count > 0 ? null : new VariableValues(Array.ConvertAll(slots, slot => slot.Name), values);
    }

    private bool MayGoOn => _errors.Count < limits.MaxRequestErrors;

    /// <summary>G-06: half of a surrogate pair is JSON, but no text, and is found out only when it is read.</summary>
    private object? CoerceText(VariableSlot slot, JsonElement given)
    {
        _slot = slot;
        try
        {
            return CoerceVariable(slot, given);
        }
        catch (GraphQLException exception)
        {
            // The type's own constructor has the last word on a value.
            _errors.AddRange(exception.Errors.Select(error => error with { Locations = [slot.Location] }));
            return null;
        }
        catch (InvalidOperationException)
        {
            return Refuse($"Variable \"${slot.Name}\" holds text that is not Unicode.");
        }
    }

    private object? CoerceVariable(VariableSlot slot, JsonElement given)
    {
        if (given.ValueKind != JsonValueKind.Object || !given.TryGetProperty(slot.Name, out var json))
        {
            if (slot.HasDefault)
            {
                return slot.Default;
            }

            return slot.Type is not NonNullType
                ? ArgumentValues.Absent
                : Refuse($"Variable \"${slot.Name}\" of required type \"{slot.Type}\" was not provided.");
        }

        return json.ValueKind == JsonValueKind.Null && slot.Type is NonNullType
            ? Refuse($"Variable \"${slot.Name}\" of non-null type \"{slot.Type}\" must not be null.")
            : CoerceValue(json, slot.Type);
    }

    private object? CoerceValue(JsonElement json, GraphQLType type)
    {
        if (type is NonNullType nonNull)
        {
            return json.ValueKind == JsonValueKind.Null
                ? Invalid(json, $"Expected non-nullable type \"{type}\" not to be null.")
                : CoerceValue(json, nonNull.Inner);
        }

        if (json.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return type switch
        {
            ListType list => CoerceList(json, list),
            InputObjectType input => CoerceObject(json, input),
            EnumType names => CoerceEnum(json, names),
            ScalarType scalar => CoerceScalar(json, scalar),
            _ => throw new InvalidOperationException($"{type} is not an input type."),
        };
    }

    private object?[] CoerceList(JsonElement json, ListType type)
    {
        // §3.11: one value stands for a list of one.
        if (json.ValueKind != JsonValueKind.Array)
        {
            return [CoerceValue(json, type.Item)];
        }

        var values = new object?[json.GetArrayLength()];
        var index = 0;
        foreach (var item in json.EnumerateArray())
        {
            if (!MayGoOn)
            {
                break;
            }

            _path.Add(index);
            values[index++] = CoerceValue(item, type.Item);
            _path.RemoveAt(_path.Count - 1);
        }

        return values;
    }

    private object? CoerceEnum(JsonElement json, EnumType type)
    {
        if (json.ValueKind != JsonValueKind.String)
        {
            var shown = ValueText.Of(json);
            return Invalid(json, $"Enum \"{type.Name}\" cannot represent non-string value: {shown}." +
                DidYouMean("the enum value", shown, type.Values));
        }

        var name = json.GetString()!;
        return type.Values.Find(name) is { } value
            ? value.Value
            : Invalid(json, $"Value \"{name}\" does not exist in \"{type.Name}\" enum." +
                DidYouMean("the enum value", name, type.Values));
    }

    private object? CoerceScalar(JsonElement json, ScalarType type)
    {
        var reading = type.Format.ReadJson(json);
        return reading.IsValid ? reading.Value : Invalid(json, reading.Error!);
    }

    private object? CoerceObject(JsonElement json, InputObjectType type)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return Invalid(json, $"Expected type \"{type.Name}\" to be an object.");
        }

        var errors = _errors.Count;
        var result = new InputObjectValue(type);
        var first = Sort(json, type, out var isKnown);
        for (var index = 0; index < type.Fields.Count && MayGoOn; index++)
        {
            var field = type.Fields[index];
            if (_sorted[first + index] is { ValueKind: not JsonValueKind.Undefined } value)
            {
                _path.Add(field.Name);
                result.Set(index, CoerceValue(value, field.Type));
                _path.RemoveAt(_path.Count - 1);
            }
            else if (field.HasDefault)
            {
                result.Set(index, field.DefaultValue);
            }
            else if (field.Type is NonNullType)
            {
                Invalid(json, $"Field \"{field.Name}\" of required type \"{field.Type}\" was not provided.");
            }
        }

        _sortedTo = first;
        if (!isKnown)
        {
            RefuseUnknown(json, type);
        }

        if (type.IsOneOf)
        {
            CheckOneOf(json, type);
        }

        return _errors.Count > errors ? null : type.Create is null ? result : type.Create(result);
    }

    /// <summary>
    /// Puts the properties at the places of their fields, in one walk over the object instead of one for each field. Objects lie
    /// in objects, so this is a stack; the beginning of its new part is returned.
    /// </summary>
    private int Sort(JsonElement json, InputObjectType type, out bool isKnown)
    {
        var first = _sortedTo;
        _sortedTo += type.Fields.Count;
        if (_sorted.Length < _sortedTo)
        {
            Array.Resize(ref _sorted, Math.Max(_sortedTo, 2 * _sorted.Length));
        }

        var places = _sorted.AsSpan(first, type.Fields.Count);
        places.Clear();
        isKnown = true;
        var next = 0;
        foreach (var property in json.EnumerateObject())
        {
            var place = type.PlaceOf(property, next);
            if (place < 0)
            {
                isKnown = false;
                continue;
            }

            isKnown &= places[place].ValueKind == JsonValueKind.Undefined;
            places[place] = property.Value;
            next = place + 1;
        }

        return first;
    }

    /// <summary>A property no field answers to, or one that comes twice (G-50).</summary>
    private void RefuseUnknown(JsonElement json, InputObjectType type)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in json.EnumerateObject())
        {
            if (!type.Fields.Contains(property.Name))
            {
                Invalid(json, $"Field \"{property.Name}\" is not defined by type \"{type.Name}\"." +
                    DidYouMean(string.Empty, property.Name, type.Fields));
            }
            else if (!seen.Add(property.Name))
            {
                Invalid(json, $"Field \"{property.Name}\" is given more than once.");
            }
        }
    }

    /// <summary>Names of the schema are told only to those who may read it (G-23).</summary>
    private string DidYouMean<T>(string what, string given, MemberTable<T> members)
        where T : SchemaElement => !mayReadSchema ? string.Empty
        : what.Length == 0 ? NameSuggestions.DidYouMean(given, members.Select(member => member.Name))
        : NameSuggestions.DidYouMean(what, given, members.Select(member => member.Name));

    /// <summary>§3.10.1: exactly one field, and not null. Names that are no field of the type are refused as such, not counted.</summary>
    private void CheckOneOf(JsonElement json, InputObjectType type)
    {
        var given = type.Fields.Where(field => json.TryGetProperty(field.Name, out _)).ToList();
        if (given.Count != 1)
        {
            var code = given.Count == 0 ? ErrorCodes.OneOfNoField : ErrorCodes.OneOfManyFields;
            Invalid(json, $"Exactly one key must be specified for OneOf type \"{type.Name}\".", code);
        }

        if (given.Count > 0 && json.GetProperty(given[0].Name) is { ValueKind: JsonValueKind.Null } value)
        {
            _path.Add(given[0].Name);
            Invalid(value, $"Field \"{given[0].Name}\" must be non-null.", ErrorCodes.OneOfNullField);
            _path.RemoveAt(_path.Count - 1);
        }
    }

    private object? Invalid(JsonElement json, string reason) => Invalid(json, reason, ErrorCodes.InvalidVariable);

    private object? Invalid(JsonElement json, string reason, string code)
    {
        var place = _path.Count == 0 ? string.Empty
            : $" at \"{_slot.Name}{string.Concat(_path.Select(step => step is int ? $"[{step}]" : $".{step}"))}\"";
        return Refuse($"Variable \"${_slot.Name}\" got invalid value {ValueText.Of(json)}{place}; {reason}", code);
    }

    private object? Refuse(string message) => Refuse(message, ErrorCodes.InvalidVariable);

    private object? Refuse(string message, string code)
    {
        if (MayGoOn)
        {
            _errors.Add(new GraphQLError(message) { Code = code, Locations = [_slot.Location] });
        }

        return null;
    }
}
