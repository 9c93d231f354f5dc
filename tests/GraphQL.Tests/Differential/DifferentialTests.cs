using System.Text;
using System.Text.Json.Nodes;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;
using Platform.GraphQL.Validation;
using Xunit.Abstractions;
using Platform.Tests.Wire;

namespace Platform.Tests.GraphQL.Differential;

/// <summary>Random schemas and documents, valid and broken, must get the same answers from us and from npm `graphql`.</summary>
public class DifferentialTests(ReferenceImplementation reference, ITestOutputHelper output)
    : IClassFixture<ReferenceImplementation>
{
    private static readonly ParserLimits _roomy = ParserLimits.SchemaDocument with { MaxDepth = 500 };

    [ReferenceFact]
    public void Syntax_errors_and_printed_documents_agree()
    {
        var count = 0;
        foreach (var seed in Budget.Seeds(seconds: 5))
        {
            var chance = new Chance(seed);
            var schema = ValidSchema(chance);
            var text = chance.Percent(50)
                ? new DocumentGenerator(schema, chance, mistakes: 30).Write()
                : new SchemaGenerator(chance, mistakes: 10).Write();
            for (var variant = 0; variant < 20; variant++, count++)
            {
                // After a type without a body we do not abbreviate a query: the two would read as one definition.
                Compare(
                    seed,
                    text,
                    () => Parsed(text).Replace("\n\nquery {", "\n\n{", StringComparison.Ordinal),
                    () => Parsed(reference.Ask("parse", ("text", text))).Replace("\n\nquery {", "\n\n{", StringComparison.Ordinal));
                text = TextMutation.Break(text, chance);
            }
        }

        output.WriteLine($"{count} documents");
    }

    [ReferenceFact]
    public void Schema_errors_and_printed_schemas_agree()
    {
        var (count, valid) = (0, 0);
        foreach (var seed in Budget.Seeds(seconds: 6))
        {
            var chance = new Chance(seed);
            var text = new SchemaGenerator(chance, chance.Of(0, 5, 20, 60)).Write();
            text = chance.Percent(15) ? TextMutation.Break(text, chance) : text;
            var answer = reference.Ask("schema", ("text", text));
            if (answer["stage"]!.ToString() == "unbuildable")
            {
                // It dies of a default of an output type, or of one that contains itself, before it comes to the rules.
                var errors = new List<GraphQLError>();
                new SchemaBuilder().AddDocument(text).TryBuild(errors);
                errors.ShouldNotBeEmpty($"seed {seed}\n{text}");
                continue;
            }

            Compare(seed, text, () => SchemaErrors(text), () => SchemaErrors(answer));
            count++;
            valid += answer["stage"]!.ToString() == "valid" ? 1 : 0;
        }

        output.WriteLine($"{count} schemas, {valid} valid");
    }

    [ReferenceFact]
    public void Validation_errors_agree_in_text_place_and_order()
    {
        var (count, valid) = (0, 0);
        foreach (var seed in Budget.Seeds(seconds: 9))
        {
            var chance = new Chance(seed);
            var schema = ValidSchema(chance);
            for (var index = 0; index < 20; index++, count++)
            {
                var text = new DocumentGenerator(schema, chance, chance.Of(0, 5, 30, 100)).Write();
                text = chance.Percent(10) ? TextMutation.Break(text, chance) : text;
                var hides = chance.Percent(30);
                var answer = reference.Ask("validate", ("text", text), ("hideSuggestions", hides));
                if (answer["stage"]!.ToString() == "failed")
                {
                    ValidationErrors(schema, text, hides).ShouldNotBeEmpty($"seed {seed}\n{text}");
                    continue;
                }

                var (ours, theirs) = DeliberateDifferences.Level(
                    ValidationErrors(schema, text, hides), ReferenceImplementation.Errors(answer));
                Compare(seed, text, () => string.Join('\n', ours), () => string.Join('\n', theirs));
                valid += answer["errors"]!.AsArray().Count == 0 ? 1 : 0;
            }
        }

        output.WriteLine($"{count} documents, {valid} valid");
    }

    /// <summary>A random schema that both sides accept; the reference keeps it for the questions that follow.</summary>
    private Schema ValidSchema(Chance chance)
    {
        while (true)
        {
            var text = new SchemaGenerator(chance, mistakes: 0).Write();
            var schema = new SchemaBuilder().AddDocument(text).TryBuild(new List<GraphQLError>());
            if (schema is not null && reference.Ask("schema", ("text", text))["stage"]!.ToString() == "valid")
            {
                return schema;
            }
        }
    }

    private static void Compare(int seed, string text, Func<string> ours, Func<string> theirs)
    {
        string mine;
        try
        {
            mine = ours();
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"Seed {seed}: we fail on\n{text}", exception);
        }

        if (theirs() is var expected && mine != expected)
        {
            Assert.Fail($"Seed {seed}\n--- we say\n{mine}\n--- the reference says\n{expected}\n--- about\n{text}");
        }
    }

    private static string Parsed(string text)
    {
        try
        {
            return GraphQLDocument.Parse(SourceText.From(text), _roomy).ToString();
        }
        catch (SyntaxException exception)
        {
            return Describe(exception);
        }
    }

    private static string Parsed(JsonObject answer) =>
        answer["printed"]?.ToString() ?? string.Join('\n', ReferenceImplementation.Errors(answer));

    private static string SchemaErrors(string text)
    {
        DocumentNode document;
        try
        {
            document = GraphQLDocument.Parse(SourceText.From(text), _roomy);
        }
        catch (SyntaxException exception)
        {
            return $"syntax\n{Describe(exception)}";
        }

        var errors = DocumentValidator.ValidateSchemaDocument(document, ValidationOptions.Unbounded);
        if (errors.Count > 0)
        {
            return $"document\n{string.Join('\n', errors.Select(Describe))}";
        }

        var schemaErrors = new List<GraphQLError>();
        new SchemaBuilder().AddDocument(document).TryBuild(schemaErrors);
        var reported = DeliberateDifferences.Level([.. schemaErrors.Select(Describe)], []).Ours.Order(StringComparer.Ordinal).ToList();
        return $"{(reported.Count == 0 ? "valid" : "schema")}\n{string.Join('\n', reported)}";
    }

    // The order of the errors of a whole schema follows the order in which its types were found; it says nothing.
    private static string SchemaErrors(JsonObject answer)
    {
        var errors = ReferenceImplementation.Errors(answer);
        return answer["stage"]!.ToString() == "schema"
            ? $"schema\n{string.Join('\n', errors.Order(StringComparer.Ordinal))}"
            : $"{answer["stage"]}\n{string.Join('\n', errors)}";
    }

    private static List<string> ValidationErrors(Schema schema, string text, bool hidesSuggestions)
    {
        DocumentNode document;
        try
        {
            document = GraphQLDocument.Parse(SourceText.From(text), _roomy);
        }
        catch (SyntaxException exception)
        {
            return [Describe(exception)];
        }

        var errors = DocumentValidator.Validate(schema, document, ValidationOptions.Unbounded with
        {
            Suggestions = hidesSuggestions ? Suggestions.Hidden : Suggestions.Shown,
        });
        return [.. errors.Select(Describe)];
    }

    // An excerpt may end within a surrogate pair; JSON then carries the replacement character.
    private static string Describe(SyntaxException exception) =>
        $"{Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(exception.Message))} @ " +
        $"{exception.Location.Line}:{exception.Location.Column}";

    private static string Describe(GraphQLError error) =>
        $"{error.Message} @ {string.Join(' ', error.Locations.Select(l => $"{l.Line}:{l.Column}"))}";
}
