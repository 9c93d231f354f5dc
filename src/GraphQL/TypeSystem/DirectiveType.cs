using System.Collections.Immutable;
using Platform.GraphQL.Language;

namespace Platform.GraphQL.TypeSystem;

/// <summary>§3.13 A directive a schema knows.</summary>
public sealed class DirectiveType : SchemaElement
{
    internal DirectiveType(DirectiveConfiguration configuration)
        : base(configuration)
    {
        Locations = [.. configuration.Locations.Distinct()];
        IsRepeatable = configuration.IsRepeatable;
        Arguments = new MemberTable<InputValueDefinition>(configuration.Arguments.Select(
            argument => new InputValueDefinition(argument, name => SchemaCoordinate.OfDirectiveArgument(Name, name))));
        foreach (var location in Locations)
        {
            LocationSet |= location;
        }
    }

    public MemberTable<InputValueDefinition> Arguments { get; }

    /// <summary>Where it may stand, in the order of its definition.</summary>
    public ImmutableArray<DirectiveLocation> Locations { get; }

    public bool IsRepeatable { get; }

    /// <summary>§3.13 One of those every service has: it is not printed.</summary>
    public bool IsSpecified => WellKnownDirectives.IsSpecified(Name);

    public override SchemaCoordinate Coordinate => SchemaCoordinate.OfDirective(Name);

    internal DirectiveLocation LocationSet { get; }
}
