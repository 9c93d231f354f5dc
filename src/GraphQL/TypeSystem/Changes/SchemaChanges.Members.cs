using Platform.GraphQL.Language;

namespace Platform.GraphQL.TypeSystem.Changes;

/// <summary>Fields, arguments, input fields and directives.</summary>
public sealed partial class SchemaChanges
{
    private void CompareFields(ComplexType older, ComplexType newer)
    {
        foreach (var field in older.Fields)
        {
            if (newer.Fields.Find(field.Name) is not { } counterpart)
            {
                Breaks(ChangeKind.FieldRemoved, field.Coordinate, $"{field.Coordinate} was removed.");
                continue;
            }

            CompareArguments(field, counterpart);
            CompareDeprecation(field, counterpart);
            if (!IsSafeToReturn(field.Type, counterpart.Type))
            {
                Breaks(
                    ChangeKind.FieldChangedKind,
                    field.Coordinate,
                    $"{field.Coordinate} changed type from {field.Type} to {counterpart.Type}.");
            }
        }

        foreach (var field in newer.Fields.Where(field => !older.Fields.Contains(field.Name)))
        {
            IsSafe(ChangeKind.FieldAdded, field.Coordinate, $"{field.Coordinate} was added.");
        }
    }

    private void CompareArguments(FieldDefinition older, FieldDefinition newer)
    {
        foreach (var argument in older.Arguments)
        {
            if (newer.Arguments.Find(argument.Name) is { } counterpart)
            {
                CompareArgument(older.Coordinate, argument, counterpart);
            }
            else
            {
                Breaks(
                    ChangeKind.ArgRemoved, argument.Coordinate, $"{older.Coordinate} arg {argument.Name} was removed.");
            }
        }

        foreach (var argument in newer.Arguments.Where(argument => !older.Arguments.Contains(argument.Name)))
        {
            if (argument.IsRequired)
            {
                Breaks(
                    ChangeKind.RequiredArgAdded,
                    argument.Coordinate,
                    $"A required arg {argument.Name} on {older.Coordinate} was added.");
            }
            else
            {
                IsDangerous(
                    ChangeKind.OptionalArgAdded,
                    argument.Coordinate,
                    $"An optional arg {argument.Name} on {older.Coordinate} was added.");
            }
        }
    }

    private void CompareArgument(SchemaCoordinate field, InputValueDefinition older, InputValueDefinition newer)
    {
        CompareDeprecation(older, newer);
        if (!IsSafeToGive(older.Type, newer.Type))
        {
            Breaks(
                ChangeKind.ArgChangedKind,
                older.Coordinate,
                $"{field} arg {older.Name} has changed type from {older.Type} to {newer.Type}.");
        }
        else if (older.HasDefault && !newer.HasDefault)
        {
            IsDangerous(
                ChangeKind.ArgDefaultValueChange, older.Coordinate, $"{field} arg {older.Name} defaultValue was removed.");
        }
        else if (older.HasDefault && Sorted(older.DefaultSyntax!).ToString() is var from &&
            Sorted(newer.DefaultSyntax!).ToString() is var to && from != to)
        {
            IsDangerous(
                ChangeKind.ArgDefaultValueChange,
                older.Coordinate,
                $"{field} arg {older.Name} has changed defaultValue from {from} to {to}.");
        }
    }

    private void CompareInputObjects(InputObjectType older, InputObjectType newer)
    {
        foreach (var field in newer.Fields.Where(field => !older.Fields.Contains(field.Name)))
        {
            if (field.IsRequired)
            {
                Breaks(
                    ChangeKind.RequiredInputFieldAdded,
                    field.Coordinate,
                    $"A required field {field.Name} on input type {older} was added.");
            }
            else
            {
                IsDangerous(
                    ChangeKind.OptionalInputFieldAdded,
                    field.Coordinate,
                    $"An optional field {field.Name} on input type {older} was added.");
            }
        }

        foreach (var field in older.Fields)
        {
            if (newer.Fields.Find(field.Name) is not { } counterpart)
            {
                Breaks(ChangeKind.FieldRemoved, field.Coordinate, $"{field.Coordinate} was removed.");
                continue;
            }

            CompareDeprecation(field, counterpart);
            if (!IsSafeToGive(field.Type, counterpart.Type))
            {
                Breaks(
                    ChangeKind.FieldChangedKind,
                    field.Coordinate,
                    $"{field.Coordinate} changed type from {field.Type} to {counterpart.Type}.");
            }
        }
    }

    private void CompareDirectives(Schema older, Schema newer)
    {
        foreach (var directive in older.DirectiveTypes)
        {
            if (newer.FindDirective(directive.Name) is { } counterpart)
            {
                CompareDirective(directive, counterpart);
            }
            else
            {
                Breaks(ChangeKind.DirectiveRemoved, directive.Coordinate, $"{directive.Name} was removed.");
            }
        }

        foreach (var directive in newer.DirectiveTypes.Where(d => older.FindDirective(d.Name) is null))
        {
            IsSafe(ChangeKind.DirectiveAdded, directive.Coordinate, $"{directive.Name} was added.");
        }
    }

    private void CompareDirective(DirectiveType older, DirectiveType newer)
    {
        foreach (var argument in newer.Arguments.Where(a => a.IsRequired && !older.Arguments.Contains(a.Name)))
        {
            Breaks(
                ChangeKind.RequiredDirectiveArgAdded,
                argument.Coordinate,
                $"A required arg {argument.Name} on directive {older.Name} was added.");
        }

        foreach (var argument in older.Arguments.Where(argument => !newer.Arguments.Contains(argument.Name)))
        {
            Breaks(
                ChangeKind.DirectiveArgRemoved, argument.Coordinate, $"{argument.Name} was removed from {older.Name}.");
        }

        if (older.IsRepeatable && !newer.IsRepeatable)
        {
            Breaks(
                ChangeKind.DirectiveRepeatableRemoved,
                older.Coordinate,
                $"Repeatable flag was removed from {older.Name}.");
        }

        foreach (var location in DirectiveLocations.NamesOf(older.LocationSet & ~newer.LocationSet))
        {
            Breaks(ChangeKind.DirectiveLocationRemoved, older.Coordinate, $"{location} was removed from {older.Name}.");
        }
    }

    // What a client receives may become narrower: never null where it could be.
    private static bool IsSafeToReturn(GraphQLType older, GraphQLType newer) => (older, newer) switch
    {
        (NonNullType from, NonNullType to) => IsSafeToReturn(from.Inner, to.Inner),
        (NonNullType, _) => false,
        (_, NonNullType to) => IsSafeToReturn(older, to.Inner),
        (ListType from, ListType to) => IsSafeToReturn(from.Item, to.Item),
        (NamedType from, NamedType to) => from.Name == to.Name,
        _ => false,
    };

    // What a client gives may become wider: null where it could not be.
    private static bool IsSafeToGive(GraphQLType older, GraphQLType newer) => (older, newer) switch
    {
        (NonNullType from, NonNullType to) => IsSafeToGive(from.Inner, to.Inner),
        (NonNullType from, _) => IsSafeToGive(from.Inner, newer),
        (ListType from, ListType to) => IsSafeToGive(from.Item, to.Item),
        (NamedType from, NamedType to) => from.Name == to.Name,
        _ => false,
    };

    // The order in which an object's fields are written is no change.
    private static ValueNode Sorted(ValueNode value) => value switch
    {
        ListValueNode list => new ListValueNode([.. list.Values.Select(Sorted)]),
        ObjectValueNode map => new ObjectValueNode(
        [
            .. map.Fields.OrderBy(field => field.Name.Value, StringComparer.Ordinal)
                .Select(field => new ObjectFieldNode(field.Name, Sorted(field.Value))),
        ]),
        StringValueNode text => new StringValueNode(text.Value),
        _ => value,
    };
}
