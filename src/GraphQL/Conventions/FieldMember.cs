using System.Collections.Immutable;
using System.Reflection;

namespace Platform.GraphQL.Conventions;

/// <summary>The member a field was read from; kept with the field for data layers and messages.</summary>
public sealed record FieldMember(MemberInfo Member);

/// <summary>The properties of its parent that a resolver reads; kept with the field for data layers.</summary>
public sealed record ParentRequirements(ImmutableArray<string> Properties);
