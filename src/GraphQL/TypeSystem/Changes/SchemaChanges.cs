using Platform.GraphQL.Language;

namespace Platform.GraphQL.TypeSystem.Changes;

/// <summary>Compares two schemas: what would break, what is dangerous, what is safe.</summary>
public sealed partial class SchemaChanges
{
    private readonly List<SchemaChange> _changes = [];

    private SchemaChanges()
    {
    }

    public static IReadOnlyList<SchemaChange> Between(Schema older, Schema newer)
    {
        var comparison = new SchemaChanges();
        comparison.CompareRoots(older, newer);
        comparison.CompareTypes(older, newer);
        comparison.CompareDirectives(older, newer);
        return comparison._changes;
    }

    private void CompareRoots(Schema older, Schema newer)
    {
        foreach (var operation in Enum.GetValues<OperationType>())
        {
            if (older.RootType(operation) is { } type && newer.RootType(operation)?.Name != type.Name)
            {
                Breaks(
                    ChangeKind.RootTypeChanged,
                    type.Element.Coordinate,
                    $"The {operation.ToString().ToLowerInvariant()} root type is no longer {type}.");
            }
        }
    }

    private void CompareTypes(Schema older, Schema newer)
    {
        foreach (var type in older.Types)
        {
            if (newer.FindType(type.Name) is not { } counterpart)
            {
                Breaks(ChangeKind.TypeRemoved, type.Element.Coordinate, CustomScalars.IsSpecified(type.Name)
                    ? $"Standard scalar {type} was removed because it is not referenced anymore."
                    : $"{type} was removed.");
            }
            else
            {
                Compare(type, counterpart);
            }
        }

        foreach (var type in newer.Types.Where(type => older.FindType(type.Name) is null))
        {
            IsSafe(ChangeKind.TypeAdded, type.Element.Coordinate, $"{type} was added.");
        }
    }

    private void Compare(NamedType older, NamedType newer)
    {
        switch (older, newer)
        {
            case (EnumType from, EnumType to):
                CompareEnums(from, to);
                break;
            case (UnionType from, UnionType to):
                CompareUnions(from, to);
                break;
            case (InputObjectType from, InputObjectType to):
                CompareInputObjects(from, to);
                break;
            case (ComplexType from, ComplexType to) when from.Kind == to.Kind:
                CompareFields(from, to);
                CompareInterfaces(from, to);
                break;
            case var _ when older.Kind != newer.Kind:
                Breaks(
                    ChangeKind.TypeChangedKind,
                    older.Element.Coordinate,
                    $"{older} changed from {KindOf(older)} to {KindOf(newer)}.");
                break;
        }
    }

    private void CompareEnums(EnumType older, EnumType newer)
    {
        foreach (var value in newer.Values.Where(value => !older.Values.Contains(value.Name)))
        {
            IsDangerous(ChangeKind.ValueAddedToEnum, value.Coordinate, $"{value.Name} was added to enum type {older}.");
        }

        foreach (var value in older.Values)
        {
            if (newer.Values.Find(value.Name) is { } counterpart)
            {
                CompareDeprecation(value, counterpart);
            }
            else
            {
                Breaks(
                    ChangeKind.ValueRemovedFromEnum, value.Coordinate, $"{value.Name} was removed from enum type {older}.");
            }
        }
    }

    private void CompareUnions(UnionType older, UnionType newer)
    {
        foreach (var type in newer.PossibleTypes.Where(type => !older.Includes(type)))
        {
            IsDangerous(
                ChangeKind.TypeAddedToUnion, newer.Element.Coordinate, $"{type} was added to union type {older}.");
        }

        foreach (var type in older.PossibleTypes.Where(type => !newer.Includes(type)))
        {
            Breaks(
                ChangeKind.TypeRemovedFromUnion, older.Element.Coordinate, $"{type} was removed from union type {older}.");
        }
    }

    private void CompareInterfaces(ComplexType older, ComplexType newer)
    {
        foreach (var type in newer.Interfaces.Where(type => older.Interfaces.All(other => other.Name != type.Name)))
        {
            IsDangerous(
                ChangeKind.ImplementedInterfaceAdded,
                newer.Element.Coordinate,
                $"{type} added to interfaces implemented by {older}.");
        }

        foreach (var type in older.Interfaces.Where(type => newer.Interfaces.All(other => other.Name != type.Name)))
        {
            Breaks(
                ChangeKind.ImplementedInterfaceRemoved,
                older.Element.Coordinate,
                $"{older} no longer implements interface {type}.");
        }
    }

    private void CompareDeprecation(SchemaElement older, SchemaElement newer)
    {
        if (older.IsDeprecated != newer.IsDeprecated)
        {
            var kind = newer.IsDeprecated ? ChangeKind.Deprecated : ChangeKind.NoLongerDeprecated;
            var phrase = newer.IsDeprecated ? "was deprecated" : "is no longer deprecated";
            IsSafe(kind, newer.Coordinate, $"{newer.Coordinate} {phrase}.");
        }
    }

    private void Breaks(ChangeKind kind, SchemaCoordinate coordinate, string description) =>
        _changes.Add(new SchemaChange(ChangeSeverity.Breaking, kind, coordinate, description));

    private void IsDangerous(ChangeKind kind, SchemaCoordinate coordinate, string description) =>
        _changes.Add(new SchemaChange(ChangeSeverity.Dangerous, kind, coordinate, description));

    private void IsSafe(ChangeKind kind, SchemaCoordinate coordinate, string description) =>
        _changes.Add(new SchemaChange(ChangeSeverity.Safe, kind, coordinate, description));

    private static string KindOf(NamedType type) => type switch
    {
        ScalarType => "a Scalar type",
        ObjectType => "an Object type",
        InterfaceType => "an Interface type",
        UnionType => "a Union type",
        EnumType => "an Enum type",
        _ => "an Input type",
    };
}
