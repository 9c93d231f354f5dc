using Platform.GraphQL.Execution;
using Platform.GraphQL.Language;

namespace Platform.GraphQL.TypeSystem.Rules;

/// <summary>§3.13.3 What must be given cannot be deprecated.</summary>
internal sealed class RequiredInputsAreNotDeprecated : ISchemaRule
{
    public void Check(Schema schema, ICollection<GraphQLError> errors)
    {
        foreach (var input in schema.Inputs().Where(input => input is { IsRequired: true, IsDeprecated: true }))
        {
            var isArgument = input.Coordinate.ArgumentName is not null;
            var node = (input.Syntax as InputValueDefinitionNode)?.Directives
                .FirstOrDefault(directive => directive.Name.Value == WellKnownDirectives.Deprecated);
            errors.Add(SchemaErrors.At(
                $"Required {(isArgument ? "argument" : "input field")} {input.Place()} cannot be deprecated.",
                node,
                input.TypeSyntax()));
        }
    }
}
