using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;
using Platform.GraphQL.Validation;

namespace Platform.Tests.GraphQL.Validation;

/// <summary>The pets of the specification, and how a rule is asked about them.</summary>
public abstract class RuleTests
{
    private const string Pets = """
        schema { query: Query mutation: Mutation subscription: Subscription }

        interface Mammal { mother: Mammal father: Mammal }
        interface Pet { name(surname: Boolean): String }
        interface Canine implements Mammal { name(surname: Boolean): String mother: Canine father: Canine }
        enum DogCommand { SIT HEEL DOWN }
        type Dog implements Pet & Mammal & Canine {
          name(surname: Boolean): String
          nickname: String
          barkVolume: Int
          barks: Boolean
          doesKnowCommand(dogCommand: DogCommand): Boolean
          isHouseTrained(atOtherHomes: Boolean = true): Boolean
          mother: Dog
          father: Dog
        }
        type Cat implements Pet { name(surname: Boolean): String nickname: String meows: Boolean meowVolume: Int }
        union CatOrDog = Cat | Dog
        type Human { name(surname: Boolean): String pets: [Pet] relatives: [Human]! }
        input ComplexInput { requiredField: Boolean! nonNullField: Boolean! = false intField: Int stringListField: [String] nested: ComplexInput }
        input OneOf @oneOf { text: String number: Int }
        scalar Anything
        type Arguments {
          multiple(x: Int, y: Int): Int
          required(x: Int!): Int
          withDefault(x: Int! = 0): Int
          list(values: [String]): Int
          nonNullList(values: [String!]): Int
          complex(value: ComplexInput): Int
          oneOf(value: OneOf): Int
          id(value: ID): Int
          float(value: Float): Int
          anything(value: Anything): Int
          command(value: DogCommand): Int
        }
        type Query { dog: Dog cat: Cat pet: Pet catOrDog: CatOrDog human(id: ID): Human arguments: Arguments humans: [Human] }
        type Mutation { rename(name: String): Dog }
        type Subscription { barked: Dog meowed: Cat }
        directive @onQuery on QUERY
        directive @onField on FIELD
        directive @many(times: Int!) repeatable on FIELD | FRAGMENT_DEFINITION | VARIABLE_DEFINITION
        """;

    private static readonly Schema _schema = new SchemaBuilder().AddDocument(Pets).AddIncrementalDelivery().Build();

    protected static Schema Schema => _schema;

    protected static void Passes(string document) => Errors(document).ShouldBeEmpty();

    /// <summary>Exactly these errors: the message, and where it points (`@ line:column …`).</summary>
    protected static void Fails(string document, params string[] errors) => Errors(document).ShouldBe(errors);

    private static List<string> Errors(string document) =>
    [
        .. DocumentValidator.Validate(_schema, GraphQLDocument.ParseSchema(document), ValidationOptions.Unbounded)
            .Select(e => $"{e.Message} @ {string.Join(' ', e.Locations.Select(l => $"{l.Line}:{l.Column}"))}"),
    ];
}
