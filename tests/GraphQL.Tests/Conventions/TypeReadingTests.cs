using System.Collections.Immutable;
using Platform.GraphQL.Conventions;

namespace Platform.Tests.GraphQL.Conventions;

/// <summary>C# says what may be null, what is a list, what is deprecated, and what it is for.</summary>
public sealed class TypeReadingTests
{
    private readonly ConventionServer _server = new(graph => graph.AddQueryType<Query>());

    [Theory]
    [InlineData("text", "text: String!")]
    [InlineData("textOrNull", "textOrNull: String")]
    [InlineData("number", "number: Int!")]
    [InlineData("numberOrNull", "numberOrNull: Int")]
    [InlineData("texts", "texts: [String!]!")]
    [InlineData("textsWithHoles", "textsWithHoles: [String]!")]
    [InlineData("listOrNull", "listOrNull: [Int!]")]
    [InlineData("nested", "nested: [[Int]!]!")]
    [InlineData("later", "later: String!")]
    [InlineData("laterOrNull", "laterOrNull: String")]
    [InlineData("laterList", "laterList: [String]!")]
    [InlineData("valueLater", "valueLater: Int")]
    [InlineData("stream", "stream: [String!]!")]
    [InlineData("query", "query: [Int!]!")]
    [InlineData("immutable", "immutable: [Int!]!")]
    [InlineData("id", "id: UUID!")]
    [InlineData("bytes", "bytes: Base64String!")]
    [InlineData("map", "map: [KeyValuePairOfStringAndInt32!]!")]
    [InlineData("arguments", "arguments(required: Int!, optional: Int, text: String! = \"x\", kinds: [Kind!], when: LocalDate): String!")]
    [InlineData("renamed", "renamed(other: Int!): String!")]
    [InlineData("anything", "anything: [Int!]")]
    public void A_field_is_what_its_member_says(string field, string expected) =>
        _server.Field("Query", field).ShouldBe(expected);

    [Fact]
    public void An_enum_has_the_values_that_are_not_ignored() => _server.Sdl("Kind").ShouldBe(
        """
        "What a thing is."
        enum Kind {
          "Small enough to carry."
          SMALL
          VERY_LARGE @deprecated(reason: "Use SMALL.")
        }
        """);

    [Fact]
    public void An_object_has_the_annotations_of_its_members()
    {
        _server.Sdl("Annotated").ShouldBe(
            """
            "A thing with everything on it."
            type Annotated @cost(weight: "3") {
              "Its name, which a record describes as a parameter."
              name: String!
              "Described where the interface is."
              described: Int!
              old: Int! @deprecated(reason: "Use name.")
              gone: Int! @deprecated(reason: "No longer supported")
              tagged: Int! @tag(name: "a") @tag(name: "b")
              early: Int! @requiresOptIn(feature: "early")
              expensive: Int! @cost(weight: "7.5")
              many: [Int!]! @listSize(assumedSize: 7)
              "Counts the words of Name with limit."
              words(
                "The most to count."
                limit: Int!
              ): Int!
            }
            """);
    }

    [Fact]
    public async Task Structs_are_objects_and_methods_of_values_are_no_fields()
    {
        _server.Sdl("Weight").ShouldBe("type Weight {\n  grams: Int!\n  kilograms: Float!\n}");
        (await _server.Data("{ weight { grams kilograms } weightOrNull { grams } weights { grams } map { key value } }")).GetRawText()
            .ShouldBe("""{"weight":{"grams":1500,"kilograms":1.5},"weightOrNull":null,"weights":[{"grams":2},null],"map":[{"key":"a","value":1}]}""");
    }

    [Fact]
    public void Ignored_members_and_those_of_object_are_no_fields()
    {
        _server.Schema.FindType("Annotated").ShouldNotBeNull();
        _server.Sdl("Annotated").ShouldNotContain("hidden");
        _server.Sdl("Annotated").ShouldNotContain("deconstruct");
        _server.Sdl("Annotated").ShouldNotContain("equalityContract");
    }

    internal sealed class Query
    {
        public string Text => "";

        public string? TextOrNull => null;

        public int Number => 1;

        public int? NumberOrNull => 1;

        public string[] Texts => [];

        public IReadOnlyList<string?> TextsWithHoles => [];

        public List<int>? ListOrNull => null;

        public IEnumerable<IEnumerable<int?>> Nested => [];

        public static Task<string> GetLaterAsync() => Task.FromResult("");

        public static Task<string?> GetLaterOrNullAsync() => Task.FromResult<string?>(null);

        public static ValueTask<IReadOnlyList<string?>> GetLaterListAsync() => new([]);

        public static ValueTask<int?> GetValueLaterAsync() => new((int?)null);

        public static async IAsyncEnumerable<string> GetStreamAsync()
        {
            await Task.Yield();
            yield return "one";
        }

        public static IQueryable<int> GetQuery() => Array.Empty<int>().AsQueryable();

        public ImmutableArray<int> Immutable => [];

        public Guid Id => Guid.Empty;

        public byte[] Bytes => [];

        public Dictionary<string, int> Map => new() { ["a"] = 1 };

        public Weight Weight => new(1500);

        public Weight? WeightOrNull => null;

        public Weight?[] Weights => [new Weight(2), null];

        public Annotated Annotated => new("x");

        public static string Arguments(int required, int? optional, string text = "x", Kind[]? kinds = null, DateOnly? when = null) =>
            $"{required} {optional} {text} {kinds?.Length} {when}";

        public static string Renamed([GraphQLName("other")] int one) => $"{one}";

        [GraphQLType("[Int!]")]
        public object? Anything => null;
    }

    internal readonly record struct Weight(int Grams)
    {
        public double Kilograms => Grams / 1000.0;

        public static Weight Zero() => new(0);

        public Weight Plus(Weight other) => new(Grams + other.Grams);

        public string Described() => $"{Grams} g";
    }

    /// <summary>What a thing is.</summary>
    internal enum Kind
    {
        /// <summary>Small enough to carry.</summary>
        Small,

        [Obsolete("Use SMALL.")]
        VeryLarge,

        [GraphQLIgnore]
        Secret,
    }

    internal interface IDescribed
    {
        /// <summary>Described where the interface is.</summary>
        int Described { get; }
    }

    /// <summary>A thing with everything on it.</summary>
    /// <param name="Name">Its name, which a record describes as a parameter.</param>
    [ObjectType, Cost(3)]
    internal sealed record Annotated(string Name) : IDescribed
    {
        public int Described => 1;

        [GraphQLDeprecated("Use name.")]
        public int Old => 1;

        [GraphQLDeprecated("No longer supported")]
        public int Gone => 1;

        [Tag("a"), Tag("b")]
        public int Tagged => 1;

        [RequiresOptIn("early")]
        public int Early => 1;

        [Cost(7.5)]
        public int Expensive => 1;

        [ListSize(AssumedSize = 7)]
        public int[] Many => [];

        [GraphQLIgnore]
        public int Hidden => 1;

        /// <summary>
        ///   Counts the words
        ///   of <see cref="Name"/> with <paramref name="limit"/>.
        /// </summary>
        /// <param name="limit">The most to count.</param>
        public int Words(int limit) => Math.Min(limit, Name.Length);
    }
}
