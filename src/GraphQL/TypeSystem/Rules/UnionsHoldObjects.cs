using Platform.GraphQL.Execution;
using Platform.GraphQL.Language;

namespace Platform.GraphQL.TypeSystem.Rules;

/// <summary>§3.8 A union has members, each once, and all of them objects.</summary>
internal sealed class UnionsHoldObjects : ISchemaRule
{
    public void Check(Schema schema, ICollection<GraphQLError> errors)
    {
        foreach (var union in schema.OfKind<UnionType>())
        {
            if (union.DeclaredMembers.Length == 0)
            {
                errors.Add(SchemaErrors.At($"Union type {union} must define one or more member types.", union.AllSyntax));
            }

            var seen = new HashSet<NamedType>();
            foreach (var member in union.DeclaredMembers)
            {
                if (!seen.Add(member))
                {
                    errors.Add(SchemaErrors.At(
                        $"Union type {union} can only include type {member} once.", Mentions(union, member)));
                }
                else if (member is not ObjectType)
                {
                    errors.Add(SchemaErrors.At(
                        $"Union type {union} can only include Object types, it cannot include {member}.",
                        Mentions(union, member)));
                }
            }
        }
    }

    private static IEnumerable<SyntaxNode> Mentions(UnionType union, NamedType member) => union.AllSyntax
        .OfType<UnionTypeDefinitionNode>()
        .SelectMany(node => node.Types)
        .Where(node => node.Name.Value == member.Name);
}
