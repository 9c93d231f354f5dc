using Platform.GraphQL.Conventions;
using Platform.GraphQL.Conventions.Reading;

namespace Platform.Tests.GraphQL.Conventions;

public sealed class NamingTests
{
    [Theory]
    //           C#              schema
    [InlineData("UnitCost",     "unitCost")]
    [InlineData("Id",           "id")]
    [InlineData("ID",           "id")]
    [InlineData("SKU",          "sku")]
    [InlineData("SKUCode",      "skuCode")]
    [InlineData("IPAddress",    "ipAddress")]
    [InlineData("FOO1Ar",       "foo1Ar")]
    [InlineData("FOO_Ar",       "foo_Ar")]
    [InlineData("already",      "already")]
    public void A_field_begins_small_and_keeps_its_words(string name, string field) => Names.Field(name).ShouldBe(field);

    [Theory]
    //           C#              schema
    [InlineData("Open",         "OPEN")]
    [InlineData("BackOrdered",  "BACK_ORDERED")]
    [InlineData("FOBDestination", "FOB_DESTINATION")]
    [InlineData("BACK_ORDERED", "BACK_ORDERED")]
    [InlineData("Level2Support", "LEVEL2_SUPPORT")]
    public void An_enum_value_is_upper_snake_case(string name, string value) => Names.EnumValue(name).ShouldBe(value);

    [Theory]
    [InlineData(nameof(Methods.GetItemByIdAsync), "itemById")]
    [InlineData(nameof(Methods.Getaway), "getaway")]
    [InlineData(nameof(Methods.SaveAsync), "save")]
    [InlineData(nameof(Methods.RunAsync), "runAsync")] // it does not wait, so the word is part of its name
    [InlineData(nameof(Methods.Named), "another")]
    public void A_method_loses_what_only_programmers_need(string method, string field) =>
        Names.Member(typeof(Methods).GetMethod(method)!).ShouldBe(field);

    [Fact]
    public void Generic_types_have_readable_names()
    {
        Names.Type(typeof(Box<Pair<int, string>>)).ShouldBe("BoxOfPairOfInt32AndString");
        Names.Input(typeof(Box<int>)).ShouldBe("BoxOfInt32Input");
        Names.Input(typeof(SaveInput)).ShouldBe("SaveInput");
        Names.Interface(typeof(IShape), stripLeadingI: true).ShouldBe("Shape");
        Names.Interface(typeof(IShape), stripLeadingI: false).ShouldBe("IShape");
    }

    [Fact]
    public void Two_types_of_one_name_are_a_mistake()
    {
        var server = new ConventionServer(graph => graph.AddQueryType<Clash>());

        server.BuildErrors().ShouldHaveSingleItem()
            .ShouldBe(
                $"NamingTests.Second.Box: the name \"Box\" is already that of {typeof(First.Box).FullName}. Give one of them another by [GraphQLName].");
    }

    internal sealed class Methods
    {
        public static Task<string?> GetItemByIdAsync() => Task.FromResult<string?>(null);

        public static string Getaway() => "";

        public static Task<string> SaveAsync() => Task.FromResult("");

        public static string RunAsync() => "";

        [GraphQLName("another")]
        public static string Named() => "";
    }

    internal sealed class Clash
    {
        public First.Box One => new(1);

        public Second.Box Two => new(2);
    }

    internal static class First
    {
        internal sealed record Box(int Size);
    }

    internal static class Second
    {
        internal sealed record Box(int Size);
    }

    internal sealed record Box<T>(T Value);

    internal sealed record Pair<TLeft, TRight>(TLeft Left, TRight Right);

    internal sealed record SaveInput(int Value);

    internal interface IShape;
}
