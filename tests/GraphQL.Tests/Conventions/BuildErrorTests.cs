using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Reflection.Emit;
using Platform.GraphQL.Conventions;
using Platform.GraphQL.Conventions.Reading;
using Platform.GraphQL.DataLoading;
using Platform.GraphQL.TypeSystem;
using Xunit.Abstractions;

namespace Platform.Tests.GraphQL.Conventions;

public sealed class BuildErrorTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_mistake_is_shown_at_once_with_its_place_and_remedy()
    {
        var server = new ConventionServer(graph => graph
            .AddTypes(typeof(Mistaken), typeof(Stateful), typeof(MistakenSubscription)));

        server.BuildErrors().ShouldBe(
            [
                "BuildErrorTests.Mistaken.Loaders: it cannot be a data loader. Make it static, its first parameter IReadOnlyList<TKey> and its result a Task of IReadOnlyDictionary<TKey, TValue> or ILookup<TKey, TValue>.",
                "BuildErrorTests.Mistaken.Node: it cannot be a node resolver. Make it static, with a parameter `id` and the node as its result.",
                "BuildErrorTests.Mistaken.Anything: Object has no type in the schema. Give it a type of the schema, [GraphQLType<T>] or [GraphQLIgnore].",
                "BuildErrorTests.Mistaken.Marker: BuildErrorTests.IMarker is an interface; it needs [InterfaceType] or [UnionType]. Give it a type of the schema, [GraphQLType<T>] or [GraphQLIgnore].",
                "BuildErrorTests.Mistaken.Unregistered: BuildErrorTests.IMarker is abstract and no registered service, so it is neither an input nor injected. Give it a type of the schema, [GraphQLType<T>] or [GraphQLIgnore].",
                "BuildErrorTests.Mistaken.Paged: Int32 is no list and cannot have pages. Return a list, an IQueryable<T>, a Page<T> or a PageConnection<T>.",
                "BuildErrorTests.Mistaken.Filtered: only lists of objects can be filtered and sorted. Return a list, or name the type by [UseFiltering<T>] and [UseSorting<T>].",
                "BuildErrorTests.Mistaken.Pageless: it takes PagingArguments but has no pages. Add [UseConnection] or [UsePaging].",
                "BuildErrorTests.Mistaken.Loading: no data loader is a DataLoader<Int32, Int64> named \"Loader\". Mark a static method with [DataLoader], or name one by [DataLoader(\"Name\")] at the parameter.",
                "BuildErrorTests.Mistaken.Batched: it cannot be a batch resolver. Make it static, with a parameter [Parent] IReadOnlyList<T> and a result that is a list of one answer per parent, or a dictionary by parent.",
                "BuildErrorTests.Unmade: nothing can make it from an input. Give it a constructor whose parameters are its properties, or none.",
                "BuildErrorTests.Stateful: a class of resolvers cannot have a constructor with parameters, as one instance serves all requests. Take services as parameters of the methods and make the class static.",
                "BuildErrorTests.MistakenSubscription.NoStream: it is no stream. Return IAsyncEnumerable<T>, or mark it with [Subscribe] and [Topic].",
                "BuildErrorTests.MistakenSubscription.NoOpener: there is no method Nowhere. Name one by [Subscribe(With = nameof(…))].",
                "BuildErrorTests.MistakenSubscription.NoArgument: its topic names an argument \"id\" that it has not. Add a parameter of that name.",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public void Rules_of_the_specification_are_checked_too()
    {
        var server = new ConventionServer(graph => graph.AddTypes(typeof(Reserved)));
        server.BuildErrors().ShouldHaveSingleItem().ShouldContain("__reserved");
    }

    // DESIGN §6: a schema with 300 types builds in less than 300 ms.
    [Fact]
    public void A_schema_of_three_hundred_types_builds_in_less_than_300_ms()
    {
        var types = Enumerable.Range(0, 300).Select(Large.Define).ToList();
        var settings = new ConventionSettings();
        settings.Sources.Add(typeof(Root));
        settings.Sources.Declared.AddRange(types.Select(type => (type, IsInput: false)));
        var services = new NoServices();
        SchemaReader.Read(SettingsOf(typeof(Root)), services); // the reader's own code is compiled once per process

        var best = Enumerable.Range(0, 5).Min(_ =>
        {
            var start = ProcessorTime();
            var schema = SchemaReader.Read(settings, services);
            var spent = ProcessorTime() - start;
            schema.Types.OfType<ObjectType>().Count(type => type.Name.StartsWith("Large", StringComparison.Ordinal)).ShouldBe(300);
            return spent.TotalMilliseconds;
        });
        output.WriteLine($"300 types of 10 fields: {best:F0} ms");
        best.ShouldBeLessThan(300);
    }

    /// <summary>What this thread has used: other tests run beside this one. Linux tells it in nanoseconds.</summary>
    private static TimeSpan ProcessorTime() => OperatingSystem.IsLinux()
        ? TimeSpan.FromMicroseconds(
            long.Parse(File.ReadAllText("/proc/thread-self/schedstat").Split(' ')[0], CultureInfo.InvariantCulture) / 1000)
        : Stopwatch.GetElapsedTime(0);

    private static ConventionSettings SettingsOf(Type root)
    {
        var settings = new ConventionSettings();
        settings.Sources.Add(root);
        return settings;
    }

    internal interface IMarker;

    [QueryType]
    internal static class Mistaken
    {
        public static object Anything() => 1;

        public static IMarker? Marker() => null;

        public static int Unregistered(IMarker marker) => marker.GetHashCode();

        public static string Make(Unmade input) => input.Name;

        [UsePaging]
        public static int Paged() => 1;

        [UseFiltering]
        public static int[] Filtered() => [];

        public static int Pageless(PagingArguments paging) => paging.Size;

        public static int Loading(DataLoader<int, long> loader) => loader.MaxBatchSize;

        [BatchResolver]
        public static int Batched([Parent] IReadOnlyList<Reached> parents) => parents.Count;

        [DataLoader]
        public static int Loaders(int key) => key;

        [NodeResolver]
        public static Reached Node(int key) => new(key);
    }

    internal sealed record Reached(int Key);

    internal sealed class Unmade(int other)
    {
        public string Name { get; set; } = $"{other}";
    }

    [QueryType]
    internal sealed class Stateful(string state)
    {
        public string State() => state;
    }

    [SubscriptionType]
    internal static class MistakenSubscription
    {
        public static int NoStream() => 1;

        [Subscribe(With = "Nowhere")]
        public static int NoOpener([EventMessage] int message) => message;

        [Subscribe, Topic("of-{id}")]
        public static int NoArgument([EventMessage] int message) => message;
    }

    [QueryType]
    internal static class Reserved
    {
        [GraphQLName("__reserved")]
        public static int Field() => 1;
    }

    [QueryType]
    internal static class Root
    {
        public static string Ping() => "pong";
    }

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }

    /// <summary>Classes with ten properties each, as a domain has them.</summary>
    private static class Large
    {
        private static readonly ModuleBuilder Module = AssemblyBuilder
            .DefineDynamicAssembly(new AssemblyName("Large"), AssemblyBuilderAccess.Run)
            .DefineDynamicModule("Large");

        public static Type Define(int number)
        {
            var type = Module.DefineType($"Large{number}", TypeAttributes.Public | TypeAttributes.Sealed | TypeAttributes.Class);
            Type[] properties =
            [
                typeof(int), typeof(string), typeof(decimal), typeof(DateTimeOffset), typeof(bool),
                typeof(Guid), typeof(int?), typeof(List<string>), typeof(DayOfWeek), typeof(double),
            ];
            for (var i = 0; i < properties.Length; i++)
            {
                var field = type.DefineField($"_p{i}", properties[i], FieldAttributes.Private);
                var getter = type.DefineMethod(
                    $"get_P{i}", MethodAttributes.Public | MethodAttributes.SpecialName | MethodAttributes.HideBySig,
                    properties[i], []);
                var body = getter.GetILGenerator();
                body.Emit(OpCodes.Ldarg_0);
                body.Emit(OpCodes.Ldfld, field);
                body.Emit(OpCodes.Ret);
                type.DefineProperty($"P{i}", PropertyAttributes.None, properties[i], null).SetGetMethod(getter);
            }

            return type.CreateType();
        }
    }
}
