using System.Globalization;
using Platform.Api.Graph;
using Platform.Domain.Kernel;
using Platform.GraphQL.Language;

namespace Platform.Tests.Api.Writing;

/// <summary>What the committed document promises to everybody who reads it instead of the code.</summary>
public sealed class SchemaDocumentTests
{
    private static readonly DocumentNode _document = GraphQLDocument.ParseSchema(SchemaVerb.Document());

    [Fact]
    public void Every_type_field_argument_and_value_is_described()
    {
        var bare = _document.Definitions.SelectMany(Undescribed).ToList();

        bare.ShouldBeEmpty("Write a comment over the record or its parameter, or a word of the glossary.");
    }

    [Fact]
    public void Every_command_is_a_mutation_that_says_what_it_needs_and_emits()
    {
        var mutations = _document.Definitions.OfType<ObjectTypeDefinitionNode>().Single(type => type.Name.Value == "Mutation").Fields
            .ToDictionary(field => field.Name.Value, StringComparer.Ordinal);
        var commands = typeof(CommandRunner).Assembly.GetTypes()
            .Where(type => type.GetInterfaces().Any(contract =>
                contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(ICommand<>)))
            .Where(type => !type.IsDefined(typeof(ByTheHostOnlyAttribute), inherit: false))
            .ToList();

        foreach (var command in commands)
        {
            var name = char.ToLowerInvariant(command.Name[0]) + command.Name[1..];
            var needed = command.GetCustomAttributes(typeof(NeedsAttribute), inherit: false).Cast<NeedsAttribute>().Single().Permission;
            mutations.ShouldContainKey(name);
            mutations[name].Directives.ShouldContain(directive => directive.ToString() == $"@authorize(policy: \"{needed}\")");
            mutations[name].Description!.Value.ShouldContain($"Needs `{needed}`.");
        }

        commands.Count.ShouldBeGreaterThan(80);
    }

    [Fact]
    public void What_is_deprecated_says_until_when_and_is_gone_after()
    {
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var late = _document.Definitions.SelectMany(Deprecated).Where(reason => !HasTimeLeft(reason, today)).ToList();

        late.ShouldBeEmpty("A reason reads: Use X. Removed after 2027-01-01. After that day the field goes.");
    }

    private static bool HasTimeLeft(string reason, DateOnly today) =>
        reason.Split("Removed after ") is [_, { Length: > 10 } end]
            && DateOnly.TryParseExact(end[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && today <= day;

    private static IEnumerable<string> Deprecated(DefinitionNode definition) => (definition switch
    {
        ObjectTypeDefinitionNode type => type.Fields.SelectMany(field => field.Directives.Concat(field.Arguments.SelectMany(a => a.Directives))),
        InputObjectTypeDefinitionNode type => type.Fields.SelectMany(field => field.Directives),
        EnumTypeDefinitionNode type => type.Values.SelectMany(value => value.Directives),
        _ => [],
    }).Where(directive => directive.Name.Value == "deprecated").Select(directive => directive.ToString());

    private static IEnumerable<string> Undescribed(DefinitionNode definition)
    {
        switch (definition)
        {
            case ObjectTypeDefinitionNode type:
                return Undescribed(type.Name.Value, type.Description).Concat(type.Fields.SelectMany(field => Undescribed(type.Name.Value, field)));
            case InterfaceTypeDefinitionNode type:
                return Undescribed(type.Name.Value, type.Description).Concat(type.Fields.SelectMany(field => Undescribed(type.Name.Value, field)));
            case InputObjectTypeDefinitionNode type:
                return Undescribed(type.Name.Value, type.Description)
                    .Concat(type.Fields.SelectMany(field => Undescribed($"{type.Name.Value}.{field.Name.Value}", field.Description)));
            case EnumTypeDefinitionNode type:
                return Undescribed(type.Name.Value, type.Description)
                    .Concat(type.Values.SelectMany(value => Undescribed($"{type.Name.Value}.{value.Name.Value}", value.Description)));
            case UnionTypeDefinitionNode type:
                return Undescribed(type.Name.Value, type.Description);
            case ScalarTypeDefinitionNode type:
                return Undescribed(type.Name.Value, type.Description);
            default:
                return [];
        }
    }

    private static IEnumerable<string> Undescribed(string type, FieldDefinitionNode field) =>
        Undescribed($"{type}.{field.Name.Value}", field.Description).Concat(field.Arguments.SelectMany(argument =>
            Undescribed($"{type}.{field.Name.Value}({argument.Name.Value})", argument.Description)));

    private static IEnumerable<string> Undescribed(string place, StringValueNode? description) =>
        string.IsNullOrWhiteSpace(description?.Value) ? [place] : [];
}
