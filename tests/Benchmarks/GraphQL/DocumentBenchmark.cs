using System.Diagnostics;
using System.Text;
using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;
using Platform.GraphQL.Validation;

namespace Platform.Tests.Benchmarks.GraphQL;

/// <summary>
/// `bench graphql documents`: parser, validator and schema builder on large documents. The large schema has the size of
/// the largest public ones: 1,456 types in about 39,000 lines.
/// </summary>
internal static class DocumentBenchmark
{
    private const int Rounds = 9;

    public static void Run()
    {
        var large = SchemaText(types: 1_456, fieldsPerType: 25);
        var middle = SchemaText(types: 300, fieldsPerType: 12);
        var largeBytes = Encoding.UTF8.GetBytes(large);
        Measure("sdl-large/parse", largeBytes.Length, () => GraphQLDocument.Parse(largeBytes, ParserLimits.SchemaDocument));
        Measure("sdl-large/build", largeBytes.Length, () => Schema.FromSdl(large));
        Measure("sdl-300-types/build", middle.Length, () => Schema.FromSdl(middle));

        var schema = Schema.FromSdl(middle);
        Measure("sdl-300-types/print", middle.Length, () => SchemaPrinter.Print(schema));
        var document = Encoding.UTF8.GetBytes(OperationText(fields: 900));
        Measure("document-900-fields/parse", document.Length, () => GraphQLDocument.Parse(document, ParserLimits.Default));
        var parsed = GraphQLDocument.Parse(document, ParserLimits.Default);
        Measure("document-900-fields/validate", document.Length, () => Valid(schema, parsed));
    }

    private static object Valid(Schema schema, DocumentNode document)
    {
        var errors = DocumentValidator.Validate(schema, document, ValidationOptions.Default);
        return errors.Count == 0 ? errors : throw new InvalidOperationException(errors[0].Message);
    }

    private static void Measure(string name, int bytes, Func<object> run)
    {
        var times = new List<double>();
        long allocated = 0;
        var clock = Stopwatch.StartNew();
        for (var round = 0; round < Rounds || clock.ElapsedMilliseconds < 1_000; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var started = Stopwatch.GetTimestamp();
            run();
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        times.Sort();
        Figures.Print(
            name, ("median_ms", times[times.Count / 2]), ("first_ms_of_all", times[^1]), ("best_ms", times[0]),
            ("mb_per_s", bytes / 1e6 / (times[times.Count / 2] / 1e3)), ("allocated_bytes", allocated));
    }

    private static string SchemaText(int types, int fieldsPerType)
    {
        var text = new StringBuilder("type Query {\n");
        for (var type = 0; type < types; type++)
        {
            text.Append("  t").Append(type).Append("(id: ID!): T").Append(type).Append('\n');
        }

        text.Append("}\n\ninterface Node {\n  id: ID!\n}\n");
        for (var type = 0; type < types; type++)
        {
            text.Append("\n\"\"\"\nThe things of kind ").Append(type).Append(".\n\"\"\"\ntype T").Append(type)
                .Append(" implements Node {\n  id: ID!\n");
            for (var field = 0; field < fieldsPerType; field++)
            {
                var target = (type + field) % types;
                text.Append(field % 5 == 0
                    ? $"  f{field}(first: Int = 10, after: String, where: I{target % (types / 10)}): [T{target}!]!\n"
                    : $"  \"Field number {field}.\" f{field}: {(field % 2 == 0 ? "String" : "Int!")}\n");
            }

            text.Append("}\n");
        }

        for (var input = 0; input < types / 10; input++)
        {
            text.Append("\ninput I").Append(input).Append(" {\n  and: [I").Append(input).Append("!]\n  eq: String\n  in: [Int!] = [1, 2]\n}\n");
        }

        return text.ToString();
    }

    private static string OperationText(int fields)
    {
        var text = new StringBuilder("query Large($id: ID!) {\n");
        for (var field = 0; field < fields; field += 9)
        {
            text.Append($"  a{field}: t{field % 300}(id: $id) {{ id f1 f2 ...F f0(first: 5, where: {{eq: \"x\", in: [1]}}) {{ id f3 f4 f6 }} }}\n");
        }

        return text.Append("}\nfragment F on Node { id }\n").ToString();
    }
}
