using Platform.GraphQL.Language;

namespace Platform.GraphQL.TypeSystem.Changes;

/// <summary>One difference between two schemas, as a client feels it.</summary>
public sealed record SchemaChange(
    ChangeSeverity Severity, ChangeKind Kind, SchemaCoordinate Coordinate, string Description)
{
    public override string ToString() => $"{Severity.ToString().ToLowerInvariant()}: {Description}";
}

public enum ChangeSeverity
{
    /// <summary>Operations that were valid may be invalid, or get something else.</summary>
    Breaking,

    /// <summary>Operations stay valid, but clients may meet what they do not expect.</summary>
    Dangerous,

    /// <summary>Nobody notices who does not ask for it.</summary>
    Safe,
}

public enum ChangeKind
{
    TypeRemoved,
    TypeChangedKind,
    TypeAdded,
    TypeRemovedFromUnion,
    TypeAddedToUnion,
    ValueRemovedFromEnum,
    ValueAddedToEnum,
    RequiredInputFieldAdded,
    OptionalInputFieldAdded,
    ImplementedInterfaceRemoved,
    ImplementedInterfaceAdded,
    FieldRemoved,
    FieldChangedKind,
    FieldAdded,
    RequiredArgAdded,
    OptionalArgAdded,
    ArgRemoved,
    ArgChangedKind,
    ArgDefaultValueChange,
    DirectiveRemoved,
    DirectiveAdded,
    DirectiveArgRemoved,
    RequiredDirectiveArgAdded,
    DirectiveRepeatableRemoved,
    DirectiveLocationRemoved,
    RootTypeChanged,
    Deprecated,
    NoLongerDeprecated,
}
