using Platform.GraphQL.Execution;
using Platform.GraphQL.Language;

namespace Platform.GraphQL.TypeSystem.Rules;

/// <summary>
/// §3.6.1 IsValidImplementation: an implementing type has every field of the interface with the same arguments and a
/// type at least as narrow, and implements the interface's own interfaces too.
/// </summary>
internal sealed class InterfacesAreImplemented : ISchemaRule
{
    public void Check(Schema schema, ICollection<GraphQLError> errors)
    {
        foreach (var type in schema.OfKind<ComplexType>())
        {
            Check(type, errors);
        }
    }

    private static void Check(ComplexType type, ICollection<GraphQLError> errors)
    {
        var seen = new HashSet<NamedType>();
        foreach (var declared in type.DeclaredInterfaces)
        {
            if (declared is not InterfaceType implemented)
            {
                errors.Add(SchemaErrors.At(
                    $"Type {type} must only implement Interface types, it cannot implement {declared}.",
                    Mentions(type, declared)));
            }
            else if (ReferenceEquals(type, implemented))
            {
                errors.Add(SchemaErrors.At(
                    $"Type {type} cannot implement itself because it would create a circular reference.",
                    Mentions(type, implemented)));
            }
            else if (!seen.Add(implemented))
            {
                errors.Add(SchemaErrors.At(
                    $"Type {type} can only implement {implemented} once.", Mentions(type, implemented)));
            }
            else
            {
                CheckAncestors(type, implemented, errors);
                CheckFields(type, implemented, errors);
            }
        }
    }

    private static void CheckAncestors(ComplexType type, InterfaceType implemented, ICollection<GraphQLError> errors)
    {
        foreach (var ancestor in implemented.DeclaredInterfaces)
        {
            if (type.DeclaredInterfaces.Contains(ancestor))
            {
                continue;
            }

            var message = ReferenceEquals(ancestor, type)
                ? $"Type {type} cannot implement {implemented} because it would create a circular reference."
                : $"Type {type} must implement {ancestor} because it is implemented by {implemented}.";
            errors.Add(SchemaErrors.At(
                message, Mentions(implemented, ancestor).Concat(Mentions(type, implemented))));
        }
    }

    private static void CheckFields(ComplexType type, InterfaceType implemented, ICollection<GraphQLError> errors)
    {
        foreach (var promised in implemented.Fields)
        {
            if (type.Fields.Find(promised.Name) is not { } field)
            {
                errors.Add(SchemaErrors.At(
                    $"Interface field {promised.Place()} expected but {type} does not provide it.",
                    type.AllSyntax.Prepend(promised.Syntax)));
                continue;
            }

            if (!field.Type.IsSubtypeOf(promised.Type))
            {
                errors.Add(SchemaErrors.At(
                    $"Interface field {promised.Place()} expects type {promised.Type} " +
                    $"but {field.Place()} is type {field.Type}.",
                    promised.TypeSyntax(),
                    field.TypeSyntax()));
            }

            CheckArguments(field, promised, errors);
            if (field.IsDeprecated && !promised.IsDeprecated)
            {
                errors.Add(SchemaErrors.At(
                    $"Interface field {promised.Place()} is not deprecated, so implementation field " +
                    $"{field.Place()} must not be deprecated.",
                    field.Syntax));
            }
        }
    }

    private static void CheckArguments(FieldDefinition field, FieldDefinition promised, ICollection<GraphQLError> errors)
    {
        foreach (var expected in promised.Arguments)
        {
            if (field.Arguments.Find(expected.Name) is not { } argument)
            {
                errors.Add(SchemaErrors.At(
                    $"Interface field argument {expected.Place()} expected but {field.Place()} does not provide it.",
                    expected.Syntax,
                    field.Syntax));
            }
            else if (!ReferenceEquals(argument.Type, expected.Type))
            {
                errors.Add(SchemaErrors.At(
                    $"Interface field argument {expected.Place()} expects type {expected.Type} " +
                    $"but {argument.Place()} is type {argument.Type}.",
                    expected.TypeSyntax(),
                    argument.TypeSyntax()));
            }
        }

        foreach (var argument in field.Arguments.Where(a => a.IsRequired && !promised.Arguments.Contains(a.Name)))
        {
            errors.Add(SchemaErrors.At(
                $"Object field {field.Place()} includes required argument {argument.Name} that is missing from the " +
                $"Interface field {promised.Place()}.",
                argument.Syntax,
                promised.Syntax));
        }
    }

    private static IEnumerable<SyntaxNode> Mentions(ComplexType type, NamedType mentioned) => type.AllSyntax
        .OfType<ComplexTypeDefinitionNode>()
        .SelectMany(node => node.Interfaces)
        .Where(node => node.Name.Value == mentioned.Name);
}
